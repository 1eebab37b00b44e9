import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { S3Settings } from "../s3/s3-client.ts";
import { findS3Server } from "./find-s3-server.ts";

/** A real S3 server of its own, for tests. */
export interface S3Server {
  /** How to reach a new and empty bucket. */
  bucket(): Promise<S3Settings>;
  /** What the server keeps besides a bucket's blobs. */
  leftovers(settings: S3Settings): Promise<string[]>;
  stop(): Promise<void>;
  close(): Promise<void>;
}

const credentials = { accessKeyId: "tests", secretAccessKey: "only-for-tests" };

export async function startS3Server(): Promise<S3Server> {
  const program = findS3Server();
  const root = await mkdtemp(join(tmpdir(), "tessera-s3-"));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const keys = [
    "--access-key",
    credentials.accessKeyId,
    "--secret-key",
    credentials.secretAccessKey,
  ];
  const server = spawn(program, ["--host", "127.0.0.1", "--port", `${port}`, ...keys, root], {
    stdio: "ignore",
  });
  await answering(endpoint);
  let buckets = 0;
  return {
    bucket: async () => {
      buckets += 1;
      const bucket = `bucket-${buckets}`;
      await mkdir(join(root, bucket));
      return { bucket, endpoint, credentials };
    },
    leftovers: (settings) => leftoversIn(root, settings),
    stop: () => stop(server),
    close: async () => {
      await stop(server);
      await rm(root, { recursive: true });
    },
  };
}

/** The server keeps a bucket as a folder, and its own files, such as parts, with a dot in front. */
async function leftoversIn(root: string, { bucket, prefix = "" }: S3Settings): Promise<string[]> {
  const inside = await readdir(join(root, bucket), { recursive: true, withFileTypes: true });
  const objects = inside
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, bucket).length + 1));
  const parts = (await readdir(root)).filter((name) => name.includes("upload"));
  return [...objects.filter((key) => !key.startsWith(`${prefix}blobs/`)), ...parts];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function answering(endpoint: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await fetch(endpoint);
      return;
    } catch (error) {
      if (attempt === 200) throw error;
      await setTimeout(25);
    }
  }
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, "exit");
  server.kill("SIGKILL");
  await gone;
}
