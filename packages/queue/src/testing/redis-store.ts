import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "./free-port.ts";
import type { Store } from "./store.ts";

const missing =
  "redis-server is not on the PATH: install it (Debian: apt-get install redis-server), " +
  "the queue's tests run on a real Redis";

/** A real Redis of its own, for tests; each `fresh` is one of its databases. */
export async function startRedisStore(): Promise<Store> {
  if (spawnSync("redis-server", ["--version"]).status !== 0) throw new Error(missing);
  const folder = await mkdtemp(join(tmpdir(), "tessera-queue-redis-"));
  const port = await freePort();
  let server: ChildProcess | undefined;
  let databases = 0;
  const urlOf = (database: number): string => `redis://127.0.0.1:${port}/${database}`;
  const start = async (): Promise<void> => {
    server = spawn(
      "redis-server",
      ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--databases", "100"].concat([
        "--save",
        "",
        "--appendonly",
        "yes",
        "--appendfsync",
        "always",
      ]),
      { stdio: "ignore" },
    );
    await answering(urlOf(0));
  };
  const stop = async (): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, "exit");
    server.kill("SIGKILL");
    await gone;
  };
  await start();
  return {
    fresh: () => {
      databases += 1;
      // Whoever asks PostgreSQL although there is a Redis is refused.
      return Promise.resolve({
        databaseUrl: "postgresql://127.0.0.1:1/none",
        redisUrl: urlOf(databases),
      });
    },
    connections: ({ redisUrl = urlOf(0) }) => countConnections(redisUrl),
    start,
    stop,
    close: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answering(url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.ping();
      return;
    } catch (error) {
      if (attempt === 200) throw error;
      await setTimeout(25);
    } finally {
      client.disconnect();
    }
  }
}

async function countConnections(url: string): Promise<number> {
  const client = new Redis(url);
  try {
    const database = new URL(url).pathname.slice(1);
    const list = (await client.client("LIST")) as string;
    return list.split("\n").filter((line) => line.includes(` db=${database} `)).length - 1;
  } finally {
    client.disconnect();
  }
}
