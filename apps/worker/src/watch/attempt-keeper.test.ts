import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Job, SubmitJob } from "@tessera/contracts/job";
import { cancelJob } from "@tessera/usecases/jobs/cancel-job";
import { settleAttempt } from "@tessera/usecases/jobs/settle-attempt";
import { getJobLog } from "@tessera/usecases/logs/get-job-log";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { startWorkerStage, type TestWorker, type WorkerStage } from "../testing/worker-stage.ts";

const wait = { timeout: 20_000, interval: 30 };

let stage: WorkerStage;
let worker: TestWorker;

beforeAll(async () => {
  stage = await startWorkerStage();
});

beforeEach(async () => {
  await stage.clear();
  await stage.beat();
  worker = await stage.openWorker();
});

afterEach(async () => {
  await stage.clear();
  // What still runs is not this machine's any more, and is ended.
  await vi.waitFor(async () => {
    await tick();
    if (worker.keeper.attempts.length > 0) throw new Error("something still runs");
  }, wait);
  worker.die();
});

afterAll(async () => stage?.close());

async function tick(): Promise<void> {
  await worker.keeper.tick();
}

/** Submits a shell script and gives it its place. */
async function start(script: string, job: Partial<SubmitJob> = {}): Promise<string> {
  const { id } = await stage.submit({ command: ["sh", "-c", script], ...job });
  await stage.dispatch();
  return id;
}

async function become(id: string, state: Job["state"]): Promise<Job> {
  await expect.poll(async () => (await tick(), (await stage.get(id)).state), wait).toBe(state);
  return stage.get(id);
}

async function log(id: string): Promise<string[]> {
  const input = { project: stage.project, id, from: 0, limit: 1000 };
  const { lines } = await getJobLog(stage.person, input);
  return lines.map(({ stream, text }) => `${stream}: ${text}`);
}

function cancel(id: string): Promise<Job> {
  return cancelJob(stage.person, { project: stage.project, id });
}

function leftovers(): string[] {
  return ["attempts", "work"].flatMap((name) => {
    try {
      // The executor makes directories ahead, whose names start with a dot.
      return readdirSync(join(stage.home, name)).filter((each) => !each.startsWith("."));
    } catch {
      return [];
    }
  });
}

async function expectNothingLeft(): Promise<void> {
  await expect.poll(leftovers, wait).toEqual([]);
}

describe("an attempt", () => {
  test("is launched, followed and settled, and leaves nothing behind", async () => {
    const id = await start('echo "hello from $TESSERA_RUN_ID"; echo warning >&2; sleep 0.3');
    await become(id, "running");
    const job = await become(id, "finished");
    expect(job.attempts).toMatchObject([{ state: "finished", exitCode: 0 }]);
    expect(job.startedAt).not.toBeNull();
    expect((await log(id)).toSorted()).toEqual([`stderr: warning`, `stdout: hello from ${id}`]);
    await expectNothingLeft();
  });

  test("that is over before anybody looked has run all the same", async () => {
    const id = await start("exit 0");
    const job = await become(id, "finished");
    expect(job.startedAt).not.toBeNull();
    expect(job.attempts[0]?.startedAt).not.toBeNull();
  });

  test("is settled once, with one line about it, however many look", async () => {
    const id = await start("echo out; exit 3");
    await worker.keeper.launchPlaced();
    const looks = async (): Promise<void> => {
      for (let time = 0; time < 40; time += 1) {
        await Promise.all([tick(), worker.keeper.launchPlaced()]);
        for (const attempt of worker.keeper.attempts) worker.keeper.noticed(attempt);
      }
    };
    await Promise.all([looks(), looks(), looks()]);
    const job = await become(id, "failed");
    expect(job.attempts).toHaveLength(1);
    expect(await log(id)).toEqual(["stdout: out", "system: tessera: exited with code 3"]);
    await expectNothingLeft();
  });

  test("has its code, and runs where it is", async () => {
    const { blobs } = stage.system;
    const { sha256 } = await blobs.put(Readable.from(["print me"]));
    const files = [{ path: "data/x.txt", sha256, sizeBytes: 8, executable: false }];
    const id = await withCode(files, "cat data/x.txt; echo; pwd");
    await become(id, "finished");
    const [content, folder] = await log(id);
    expect(content).toBe("stdout: print me");
    expect(folder).toMatch(/^stdout: .*\/work\/[0-9a-f]{32}\/code$/);
    await expectNothingLeft();
  });

  test("whose code is gone fails, in words", async () => {
    const sha256 = "a".repeat(64);
    const files = [{ path: "x", sha256, sizeBytes: 1, executable: false }];
    const job = await become(await withCode(files, "true"), "failed");
    expect(job.reason).toMatch(/^it could not be started: .*aaaa/);
    expect(job.attempts).toMatchObject([{ state: "failed", cause: "start-failed" }]);
    await expectNothingLeft();
  });

  test.each([
    [["no-such-command"], "command not found: no-such-command"],
    [["/etc/passwd"], "command is not executable (permission denied): /etc/passwd"],
    [["/tmp"], "command is a directory: /tmp"],
  ])("whose command is %j fails, in words", async (command, reason) => {
    const { id } = await stage.submit({ command, maxRetries: 3 });
    await stage.dispatch();
    const job = await become(id, "failed");
    expect(job).toMatchObject({ reason, attempts: [{ cause: "start-failed" }] });
    expect(await log(id)).toEqual([`system: tessera: ${reason}`]);
  });

  test("that runs too long is stopped, and says so", async () => {
    const id = await start("echo begun; exec sleep 60", { timeoutSeconds: 1 });
    const job = await become(id, "failed");
    expect(job.attempts).toMatchObject([{ cause: "timeout", signal: "SIGTERM" }]);
    expect(job.reason).toBe("stopped: ran longer than its limit of 1 s");
  });

  test("that failed is tried again when its time has come", async () => {
    const script = '[ "$TESSERA_ATTEMPT" = 2 ] || exit 4; echo second';
    const id = await start(script, { maxRetries: 1 });
    await expect
      .poll(async () => (await tick(), (await stage.get(id)).reason), wait)
      .toBe("retry 1 of 1 in 1 s: exited with code 4");
    stage.clock.advance(1000);
    await stage.dispatch();
    const job = await become(id, "finished");
    expect(job.attempts.map(({ state }) => state)).toEqual(["failed", "finished"]);
  });

  test("gets nothing of the worker's environment but what is plain", async () => {
    worker.die();
    worker = await stage.openWorker({ PATH: "/usr/bin:/bin", DATABASE_URL: "secret", LANG: "C" });
    const id = await start("env", { env: { MINE: "1" } });
    await become(id, "finished");
    const lines = (await log(id)).join("\n");
    expect(lines).toContain("stdout: MINE=1");
    expect(lines).toContain("stdout: LANG=C");
    expect(lines).toContain("stdout: CUDA_VISIBLE_DEVICES=\n");
    expect(lines).not.toContain("secret");
  });
});

async function withCode(
  files: readonly { path: string; sha256: string; sizeBytes: number; executable: boolean }[],
  script: string,
): Promise<string> {
  const { prisma } = stage.test.platform.db;
  const manifest = JSON.stringify({ version: 1, files });
  const { sha256: digest } = await stage.system.blobs.put(Readable.from([manifest]));
  const project = await prisma.project.findUniqueOrThrow({ where: { slug: stage.project } });
  const snapshot = await prisma.snapshot.create({
    data: {
      id: crypto.randomUUID().replaceAll("-", ""),
      projectId: project.id,
      state: "ready",
      source: "upload",
      digest,
      createdBy: "Ada",
    },
  });
  return start(script, { snapshotId: snapshot.id });
}

describe("cancelling", () => {
  test("before the launch keeps the command from ever running", async () => {
    const marker = join(stage.home, `ran-${Math.random()}`);
    const id = await start(`touch ${marker}`);
    await cancel(id);
    const job = await become(id, "cancelled");
    expect(job).toMatchObject({ reason: "cancelled by Ada", startedAt: null });
    expect(() => readFileSync(marker)).toThrow(/ENOENT/);
    await expectNothingLeft();
  });

  test("a running command ends it", async () => {
    const id = await start("echo begun; exec sleep 60");
    await become(id, "running");
    await expect.poll(async () => (await tick(), log(id)), wait).toEqual(["stdout: begun"]);
    await cancel(id);
    await worker.keeper.stopWorkload(id);
    const job = await become(id, "cancelled");
    expect(job.attempts).toMatchObject([
      { state: "cancelled", cause: "cancelled", signal: "SIGTERM" },
    ]);
    expect(await log(id)).toEqual(["stdout: begun", "system: tessera: cancelled by Ada"]);
    await expectNothingLeft();
  });

  test("needs no message: the next look finds it", async () => {
    const id = await start("exec sleep 60");
    await become(id, "running");
    await cancel(id);
    expect(await become(id, "cancelled")).toMatchObject({ reason: "cancelled by Ada" });
  });

  test("at every moment of a launch ends in cancelled", async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, () => stage.submit({ command: ["sleep", "60"], tier: "tiny" })),
    );
    await stage.dispatch();
    await worker.keeper.launchPlaced();
    for (const { id } of ids) {
      await cancel(id);
      await worker.keeper.stopWorkload(id);
    }
    for (const { id } of ids) await become(id, "cancelled");
    await expectNothingLeft();
  });
});

describe("after the death of a worker", () => {
  async function another(): Promise<void> {
    worker.die();
    worker = await stage.openWorker();
  }

  test("the next goes on with what runs, to its end", async () => {
    const id = await start("for i in 1 2 3 4 5 6; do echo $i; sleep 0.3; done");
    await become(id, "running");
    await expect.poll(async () => (await tick(), (await log(id)).length), wait).toBe(2);
    await another();
    const job = await become(id, "finished");
    expect(job.attempts).toHaveLength(1);
    expect(await log(id)).toEqual([1, 2, 3, 4, 5, 6].map((line) => `stdout: ${line}`));
  });

  test("the next settles what ended meanwhile", async () => {
    const id = await start("sleep 0.3; echo done; exit 7");
    await become(id, "running");
    worker.die();
    await new Promise((resolve) => setTimeout(resolve, 800));
    worker = await stage.openWorker();
    const job = await become(id, "failed");
    expect(job).toMatchObject({ exitCode: 7, attempts: [{ exitCode: 7 }] });
    expect(await log(id)).toEqual(["stdout: done", "system: tessera: exited with code 7"]);
  });

  test("what was placed and never launched is started again, and says so", async () => {
    const id = await start("echo hello");
    await another();
    const reason = "the worker ended before it started";
    await expect
      .poll(async () => (await stage.get(id)).attempts[0], wait)
      .toMatchObject({ state: "lost", cause: "lost", reason });
    await stage.dispatch();
    await become(id, "finished");
    expect(await log(id)).toEqual([`system: tessera: started again: ${reason}`, "stdout: hello"]);
    await expectNothingLeft();
  });

  test("a stop that it had asked for goes on", async () => {
    const id = await start("trap 'sleep 1; exit 3' TERM; while :; do sleep 0.1; done");
    await become(id, "running");
    await cancel(id);
    await worker.keeper.stopWorkload(id);
    await another();
    const job = await become(id, "cancelled");
    expect(job.attempts).toMatchObject([{ cause: "cancelled" }]);
  });
});

test("what was taken from this machine is ended, and nothing more is told of it", async () => {
  const id = await start("echo begun; exec sleep 60");
  await become(id, "running");
  await expect.poll(async () => (await tick(), log(id)), wait).toEqual(["stdout: begun"]);
  const attempt = await stage.attempt(id);
  await settleAttempt(stage.system, {
    attemptId: attempt.id,
    workloadId: id,
    cause: "lost",
    exitCode: null,
    signal: null,
    endedAt: new Date(),
    detail: "another worker says so",
  });
  await expect.poll(async () => (await tick(), worker.keeper.attempts), wait).toEqual([]);
  await expectNothingLeft();
  expect(await stage.get(id)).toMatchObject({ state: "queued", attempts: [{ state: "lost" }] });
  expect(await log(id)).toHaveLength(2);
});

test("a stop of the worker ends what runs and queues it again", async () => {
  const running = await start("exec sleep 60", { tier: "tiny" });
  await become(running, "running");
  const placed = await start("exec sleep 60", { tier: "tiny" });
  await worker.keeper.close();
  for (const id of [running, placed]) {
    expect(await stage.get(id)).toMatchObject({
      state: "queued",
      reason: "started again: the platform was stopped",
      attempts: [{ state: "lost", cause: "cancelled" }],
    });
  }
  const row = await stage.test.platform.db.prisma.workload.findUniqueOrThrow({
    where: { id: running },
  });
  expect(row).toMatchObject({ losses: 0, failures: 0 });
  await expectNothingLeft();
});

test("outlives the loss of every database connection, again and again", async () => {
  const ids = [];
  for (let job = 0; job < 8; job += 1) {
    const script = "for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.2; done; exit 5";
    ids.push(await start(script, { tier: "tiny" }));
  }
  const cut = async (): Promise<void> => {
    await stage.test.platform.db.pool
      .query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      )
      .catch(() => undefined);
  };
  for (let time = 0; time < 20; time += 1) {
    await tick().catch(() => undefined);
    if (time % 2 === 0) await cut();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  for (const id of ids) {
    await expect
      .poll(async () => {
        await tick().catch(() => undefined);
        return stage.get(id).then((job) => job.state, String);
      }, wait)
      .toBe("failed");
    expect(await log(id)).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((line) => `stdout: ${line}`),
      "system: tessera: exited with code 5",
    ]);
  }
  await expectNothingLeft();
}, 60_000);
