import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cancelJob } from "@tessera/contracts/job";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { removeHome, startPlatform, type TestPlatform } from "../support/platform.ts";
import {
  type Batch,
  countInterrupted,
  countStates,
  faultsOf,
  foundTwice,
  isOver,
  jobsOf,
  submitBatch,
} from "./marked-jobs.ts";
import { killAll, platformProcesses, processesAbout, processOf } from "./processes.ts";

const COUNT = 50;
const wait = { timeout: 90_000, interval: 200 };

let platform: TestPlatform;
let folder: string;

beforeAll(async () => {
  platform = await startPlatform();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tessera-marks-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

afterAll(async () => {
  await platform.stop();
  await removeHome(platform.home);
});

/** Submits the jobs and waits until they are in the middle: some ended, some run, some wait. */
async function inTheMiddle(): Promise<Batch> {
  const jobs = { count: COUNT, lines: 8, pauses: [0.15, 0.4, 0.65, 0.9, 1.15] };
  const batch = await submitBatch(platform.client, { folder, ...jobs });
  await expect
    .poll(async () => countStates(await jobsOf(platform.client, batch)), wait)
    .toSatisfy(({ running = 0, finished = 0 }) => running >= 8 && finished >= 3);
  return batch;
}

/** Polled while the platform comes back, so an unreachable one counts as "not yet". */
async function unfinished(batch: Batch): Promise<number | string> {
  try {
    return (await jobsOf(platform.client, batch)).filter((job) => !isOver(job)).length;
  } catch (error) {
    return String(error);
  }
}

/** All ran to their end, and those that ran went on but for the `killed` ones. */
async function expectAllWell(batch: Batch, { killed = 0 } = {}): Promise<void> {
  await expect.poll(() => unfinished(batch), wait).toBe(0);
  expect(foundTwice(folder)).toBe("");
  const { client } = platform;
  expect(await countInterrupted(client, batch, folder)).toBe(killed);
  const faults = await Promise.all(batch.ids.map((id) => faultsOf(client, batch, { id, folder })));
  expect(faults.flat()).toEqual([]);
  await expect.poll(() => [...foldersOf("attempts"), ...foldersOf("work")], wait).toEqual([]);
}

/** Folders of attempts; what a killed process left half made starts with a dot. */
function foldersOf(name: string): string[] {
  const names = readdirSync(join(platform.home, ".tessera", name));
  return names.filter((each) => !each.startsWith("."));
}

/** Process groups of attempts that have begun, and will not end so soon. */
function youngAttempts(): number[] {
  const attempts = join(platform.home, ".tessera", "attempts");
  return foldersOf("attempts")
    .filter((name) => {
      const lines = readFileSync(join(attempts, name, "stdout.log"), "utf8").split("\n").length - 1;
      return lines >= 1 && lines <= 4;
    })
    .flatMap((name) => readdirSync(join(attempts, name, "claim")))
    .flatMap((claim) => /^running\.(\d+)\./.exec(claim)?.[1] ?? [])
    .map(Number);
}

describe("fifty jobs outlive", () => {
  test("a killed worker", async () => {
    const batch = await inTheMiddle();
    killAll([processOf(platform.pid, "worker")]);
    await expectAllWell(batch);
  });

  test("a killed server", async () => {
    const batch = await inTheMiddle();
    killAll([processOf(platform.pid, "server")]);
    await expectAllWell(batch);
  });

  test("a killed database", async () => {
    const batch = await inTheMiddle();
    killAll([processOf(platform.pid, "postgres")]);
    await expectAllWell(batch);
  });

  test("a worker that is killed again and again", async () => {
    const batch = await inTheMiddle();
    for (let time = 0; time < 3; time += 1) {
      const worker = processOf(platform.pid, "worker");
      killAll([worker]);
      await expect.poll(() => processOf(platform.pid, "worker"), wait).not.toBe(worker);
    }
    await expectAllWell(batch);
  });

  test("the end of the whole platform, and of a few of themselves", async () => {
    const batch = await inTheMiddle();
    killAll(platformProcesses(platform.pid).map(({ pid }) => pid));
    const attempts = youngAttempts().slice(0, 3);
    expect(attempts).toHaveLength(3);
    killAll(attempts.map((pid) => -pid));
    platform = await startPlatform({ home: platform.home });
    await expectAllWell(batch, { killed: 3 });
  });
});

test("Ctrl-C leaves no process behind, and what ran is queued again", async () => {
  const batch = await submitBatch(platform.client, { folder, count: 6, lines: 300, pauses: [1] });
  const states = async (): Promise<Record<string, number>> =>
    countStates(await jobsOf(platform.client, batch));
  await expect.poll(states, wait).toEqual({ running: 6 });
  await platform.stop();
  expect(processesAbout(platform.home)).toEqual([]);
  expect(processesAbout(folder)).toEqual([]);
  platform = await startPlatform({ home: platform.home });
  await expect.poll(states, wait).toEqual({ running: 6 });
  for (const job of await jobsOf(platform.client, batch)) {
    expect(job.attempts.map(({ state }) => state)).toEqual(["lost", "running"]);
    const params = { project: batch.project, id: job.id };
    await platform.client.call(cancelJob, { params });
  }
  await expect.poll(states, wait).toEqual({ cancelled: 6 });
  expect(foundTwice(folder)).toBe("");
});
