import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { createLocalExecutor } from "@tessera/compute/local/local-executor";
import { newId } from "@tessera/kit/ids";
import { createLogger } from "@tessera/kit/logger";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DataCache } from "../data/data-cache.ts";
import { BuiltEnvironments } from "../environments/built-environments.ts";
import type { LaunchSite } from "../launch/launch-attempt.ts";
import { Complaints } from "./complaints.ts";
import { sweepLeftovers } from "./sweep-leftovers.ts";

let home: string;
let life: AbortController;
let site: LaunchSite;

const log = createLogger("sweep-test", "silent");
const complaints = new Complaints(log);

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "tessera-sweep-"));
  life = new AbortController();
  site = await openSite();
});

afterEach(async () => {
  await sweepLeftovers(site, { known: [], complaints });
  life.abort();
  await rm(home, { recursive: true, force: true });
});

async function openSite(): Promise<LaunchSite> {
  const attemptsRoot = join(home, "attempts");
  const env = { PATH: "/usr/bin:/bin" };
  return {
    executor: await createLocalExecutor({
      root: attemptsRoot,
      env,
      onChange: () => undefined,
      log,
      signal: life.signal,
    }),
    attemptsRoot,
    workRoot: join(home, "work"),
    environmentsRoot: join(home, "environments"),
    environments: new BuiltEnvironments({ root: home, env, signal: life.signal }),
    data: new DataCache(join(home, "data-cache"), createMemoryBlobStore()),
    hostEnv: env,
  };
}

async function start(command: string): Promise<string> {
  const attemptId = newId();
  await mkdir(join(site.workRoot, attemptId, "code"), { recursive: true });
  await site.executor.start({
    attemptId,
    argv: ["sh", "-c", command],
    env: {},
    workingDirectory: join(site.workRoot, attemptId, "code"),
    limits: { graceMs: 1000 },
    gpuIndexes: [],
  });
  return attemptId;
}

async function phaseOf(id: string): Promise<string | undefined> {
  return (await site.executor.observe([id]))[0]?.phase;
}

async function folders(name: string): Promise<string[]> {
  return (await readdir(join(home, name))).filter((each) => !each.startsWith("."));
}

test("what ended attempts left is deleted; what is not over stays", async () => {
  const ended = await start("exit 0");
  await expect.poll(() => phaseOf(ended)).toBe("exited");
  const kept = await start("exec sleep 60");
  const withoutAttempt = newId();
  await mkdir(join(site.workRoot, withoutAttempt, "code"), { recursive: true });
  await writeFile(join(site.workRoot, withoutAttempt, "code", "x"), "x");
  await mkdir(join(site.workRoot, "somebody-else"), { recursive: true });
  await sweepLeftovers(site, { known: [kept], complaints });
  expect(await folders("attempts")).toEqual([kept]);
  expect((await folders("work")).toSorted()).toEqual([kept, "somebody-else"].toSorted());
  expect(await phaseOf(kept)).toBe("running");
});

test("a command that still runs for an attempt that is over is ended", async () => {
  const left = await start("trap '' TERM; echo $$; while :; do sleep 0.1; done");
  const [status] = await site.executor.observe([left]);
  // A worker that was started since does not know it.
  life.abort();
  life = new AbortController();
  site = await openSite();
  await sweepLeftovers(site, { known: [], complaints });
  expect(await folders("attempts")).toEqual([]);
  expect(() => process.kill(status?.pid ?? 0, 0)).toThrow(/ESRCH/);
});

test("a home that has nothing yet has nothing left", async () => {
  await rm(site.workRoot, { recursive: true, force: true });
  await rm(site.attemptsRoot, { recursive: true, force: true });
  await sweepLeftovers(site, { known: [], complaints });
  expect(await readdir(home)).toEqual([]);
});
