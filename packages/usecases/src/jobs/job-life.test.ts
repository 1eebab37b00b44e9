import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { authenticateToken } from "../identity/authenticate-token.ts";
import { getJobLog } from "../logs/get-job-log.ts";
import { type JobStage, startJobStage } from "../testing/job-stage.ts";
import { prepareLaunch } from "./prepare-launch.ts";
import { settleLostNode } from "./settle-lost-node.ts";

let stage: JobStage;

beforeAll(async () => {
  stage = await startJobStage();
});

beforeEach(async () => {
  await stage.clear();
  await stage.beat();
});

afterAll(async () => stage?.close());

async function runOf(id: string) {
  const run = await stage.test.platform.db.prisma.run.findUniqueOrThrow({ where: { id } });
  return { ...run, startTime: Number(run.startTime), endTime: Number(run.endTime) };
}

async function logOf(id: string): Promise<string[]> {
  const { person, project } = stage;
  const { lines } = await getJobLog(person, { project, id, from: 0, limit: 100 });
  return lines.map((line) => `${line.attempt} ${line.stream} ${line.text}`);
}

describe("a job", () => {
  test("goes from queued by starting and running to finished, its run with it", async () => {
    const { id } = await stage.submit({ name: "first", tags: { team: "a" } });
    expect(await stage.get(id)).toMatchObject({ state: "queued", position: 1, attempts: [] });
    expect(await runOf(id)).toMatchObject({ status: "SCHEDULED", name: "first" });

    expect(await stage.dispatch()).toMatchObject({ placed: 1 });
    expect(await stage.get(id)).toMatchObject({
      state: "starting",
      position: null,
      reason: null,
      startedAt: null,
      attempts: [{ number: 1, state: "starting", startedAt: null }],
    });
    const attempt = await stage.attempt(id);

    const started = stage.clock.now();
    await stage.run(attempt);
    expect(await stage.get(id)).toMatchObject({
      state: "running",
      startedAt: started.toISOString(),
      attempts: [{ state: "running", startedAt: started.toISOString() }],
    });
    expect(await runOf(id)).toMatchObject({ status: "RUNNING", startTime: started.getTime() });

    stage.clock.advance(5000);
    await stage.end(attempt);
    expect(await stage.get(id)).toMatchObject({
      state: "finished",
      reason: null,
      exitCode: 0,
      finishedAt: stage.clock.now().toISOString(),
      attempts: [{ state: "finished", cause: "exit", exitCode: 0 }],
    });
    expect(await runOf(id)).toMatchObject({
      status: "FINISHED",
      endTime: stage.clock.now().getTime(),
    });
    expect(await logOf(id)).toEqual([]);
  });

  test("says how it failed, in its reason, its attempt and its log", async () => {
    const { id } = await stage.submit();
    await stage.dispatch();
    const attempt = await stage.attempt(id);
    await stage.run(attempt);
    const detail = "killed: out of memory (used 3 GB of 2 GB)";
    await stage.end(attempt, { cause: "out-of-memory", exitCode: 137, signal: "SIGKILL", detail });
    expect(await stage.get(id)).toMatchObject({
      state: "failed",
      reason: detail,
      exitCode: 137,
      attempts: [{ state: "failed", cause: "out-of-memory", signal: "SIGKILL", reason: detail }],
    });
    expect(await runOf(id)).toMatchObject({ status: "FAILED" });
    expect(await logOf(id)).toEqual([`1 system tessera: ${detail}`]);
  });

  test("is tried again after a while, as often as its submitter allows", async () => {
    const { id } = await stage.submit({ maxRetries: 1 });
    await stage.dispatch();
    const first = await stage.attempt(id);
    await stage.run(first);
    await stage.end(first, { exitCode: 1, detail: "exited with code 1" });
    const reason = "retry 1 of 1 in 1 s: exited with code 1";
    expect(await stage.get(id)).toMatchObject({ state: "queued", reason });
    expect(await runOf(id)).toMatchObject({ status: "SCHEDULED" });
    expect(await stage.dispatch()).toEqual({ placed: 0, nextInMs: 1000 });
    stage.clock.advance(1000);
    expect(await stage.dispatch()).toEqual({ placed: 1, nextInMs: null });
    const second = await stage.attempt(id);
    expect(second.number).toBe(2);
    await stage.run(second);
    const firstStart = (await stage.get(id)).attempts[0]?.startedAt;
    expect(await stage.get(id)).toMatchObject({ state: "running", startedAt: firstStart });
    await stage.end(second, { exitCode: 1, detail: "exited with code 1" });
    expect(await stage.get(id)).toMatchObject({
      state: "failed",
      attempts: [{ state: "failed" }, { state: "failed" }],
    });
    expect(await logOf(id)).toEqual([
      `1 system tessera: ${reason}`,
      "2 system tessera: exited with code 1",
    ]);
  });

  test("that was lost starts again at once, and says so", async () => {
    const { id } = await stage.submit();
    await stage.dispatch();
    await stage.end(await stage.attempt(id), {
      cause: "lost",
      exitCode: null,
      detail: "it is gone",
    });
    expect(await stage.get(id)).toMatchObject({
      state: "queued",
      reason: "started again: it is gone",
      attempts: [{ state: "lost", cause: "lost", reason: "it is gone" }],
    });
    expect(await stage.dispatch()).toMatchObject({ placed: 1 });
    expect(await logOf(id)).toEqual(["1 system tessera: started again: it is gone"]);
  });

  test("runs elsewhere when its machine is gone", async () => {
    const { id } = await stage.submit();
    await stage.dispatch();
    const attempt = await stage.attempt(id);
    await stage.run(attempt);
    const seenAt = new Date("2026-01-02T03:04:05Z");
    await settleLostNode(stage.system, { id: stage.node, name: "box", seenAt });
    const reason = "the machine box has not been heard of since 2026-01-02 03:04 UTC";
    expect(await stage.get(id)).toMatchObject({
      state: "queued",
      attempts: [{ state: "lost", reason }],
    });
    await stage.end(attempt);
    expect(await stage.get(id)).toMatchObject({ state: "queued" });
  });
});

describe("settling", () => {
  test("twice, or at the same moment, is settling once", async () => {
    const { id } = await stage.submit({ maxRetries: 5 });
    await stage.dispatch();
    const attempt = await stage.attempt(id);
    const failed = { exitCode: 1, detail: "exited with code 1" };
    await Promise.all([1, 2, 3, 4].map(() => stage.end(attempt, failed)));
    await stage.end(attempt);
    const job = await stage.get(id);
    expect(job).toMatchObject({ state: "queued", attempts: [{ state: "failed" }] });
    expect(await logOf(id)).toHaveLength(1);
    const row = await stage.test.platform.db.prisma.workload.findUniqueOrThrow({ where: { id } });
    expect(row.failures).toBe(1);
  });

  test("an earlier attempt again leaves the later one alone", async () => {
    const { id } = await stage.submit();
    await stage.dispatch();
    const first = await stage.attempt(id);
    await stage.end(first, { cause: "lost", detail: "gone" });
    await stage.dispatch();
    const second = await stage.attempt(id);
    await stage.run(second);
    await stage.end(first, { cause: "lost", detail: "gone" });
    await stage.run(first);
    expect(await stage.get(id)).toMatchObject({
      state: "running",
      attempts: [{ state: "lost" }, { state: "running" }],
    });
  });

  test("an attempt that ended is not made to run by a late word", async () => {
    const { id } = await stage.submit();
    await stage.dispatch();
    const attempt = await stage.attempt(id);
    await stage.end(attempt);
    await stage.run(attempt);
    expect(await stage.get(id)).toMatchObject({
      state: "finished",
      attempts: [{ state: "finished" }],
    });
  });
});

describe("a launch", () => {
  async function token(attemptId: string): Promise<string> {
    return (await prepareLaunch(stage.system, attemptId))?.env["MLFLOW_TRACKING_TOKEN"] ?? "none";
  }

  test("tells the command of its run, with a token that dies with the attempt", async () => {
    const { id } = await stage.submit({ env: { LEVEL: "5", MLFLOW_RUN_ID: "not this one" } });
    await stage.dispatch();
    const attempt = await stage.attempt(id);
    const launch = await prepareLaunch(stage.system, attempt.id);
    expect(launch).toMatchObject({
      command: ["true"],
      env: {
        LEVEL: "5",
        MLFLOW_RUN_ID: id,
        MLFLOW_EXPERIMENT_ID: "0",
        MLFLOW_TRACKING_URI: `http://127.0.0.1:3000/p/${stage.project}`,
        TESSERA_ATTEMPT: "1",
      },
    });
    const secret = launch?.env["MLFLOW_TRACKING_TOKEN"] ?? "";
    const { platform } = stage.test;
    expect(await authenticateToken(platform, secret)).toMatchObject({
      kind: "run",
      workloadId: id,
    });
    await stage.end(attempt, { cause: "lost", detail: "gone" });
    await expect(authenticateToken(platform, secret)).rejects.toMatchObject({
      code: "unauthenticated",
    });
    await stage.dispatch();
    const second = await stage.attempt(id);
    const later = await token(second.id);
    expect(await authenticateToken(platform, later)).toMatchObject({ workloadId: id });
    await stage.end(second);
    await expect(authenticateToken(platform, later)).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });

  test("is refused for an attempt that runs or is over, whose token stays", async () => {
    const { id } = await stage.submit();
    await stage.dispatch();
    const attempt = await stage.attempt(id);
    const secret = await token(attempt.id);
    await stage.run(attempt);
    expect(await prepareLaunch(stage.system, attempt.id)).toBeNull();
    await expect(authenticateToken(stage.test.platform, secret)).resolves.toBeDefined();
    await stage.end(attempt);
    expect(await prepareLaunch(stage.system, attempt.id)).toBeNull();
  });
});
