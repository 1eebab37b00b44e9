import type { CreateSweep, Sweep, Trial } from "@tessera/contracts/sweep";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type JobStage, startJobStage } from "../testing/job-stage.ts";
import { cancelJob } from "../jobs/cancel-job.ts";
import { logMetric } from "../tracking/log-metric.ts";
import { cancelSweep } from "./cancel-sweep.ts";
import { createSweep } from "./create-sweep.ts";
import { extendSweep } from "./extend-sweep.ts";
import { getSweep } from "./get-sweep.ts";
import { listSweeps } from "./list-sweeps.ts";
import { listTrials } from "./list-trials.ts";
import { pauseSweep } from "./pause-sweep.ts";
import { resumeSweep } from "./resume-sweep.ts";
import { stepDueSweeps } from "./step-due-sweeps.ts";
import { stepSweep } from "./step-sweep.ts";

let stage: JobStage;

beforeAll(async () => {
  stage = await startJobStage();
});

beforeEach(async () => {
  await stage.clear();
  await stage.test.platform.db.pool.query("UPDATE sweep SET state = 'cancelled'");
  await stage.test.platform.db.pool.query("UPDATE sweep_trial SET state = 'cancelled'");
  await stage.beat();
});

afterAll(async () => stage?.close());

const command = ["python", "train.py", "--lr", "{{loguniform(1e-5,1e-1)}}", "--n={{int(1,4)}}"];

function start(sweep: Partial<CreateSweep> = {}): Promise<Sweep> {
  return createSweep(stage.person, {
    project: stage.project,
    sweep: {
      name: "tune",
      job: { command, tier: "tiny" },
      metric: "loss",
      direction: "minimize",
      maxTrials: 4,
      seed: 7,
      ...sweep,
    },
  });
}

const at = (id: string) => ({ project: stage.project, id });
const read = (id: string): Promise<Sweep> => getSweep(stage.person, at(id));

async function trialsOf(id: string): Promise<Trial[]> {
  return (await listTrials(stage.person, { ...at(id), limit: 500 })).items;
}

async function log(runId: string, value: number, step = 0): Promise<void> {
  await logMetric(stage.person, {
    project: stage.project,
    runId,
    metric: { key: "loss", value, step, timestamp: stage.clock.now().getTime() },
  });
}

/** Runs a trial's job as far as its command's own work. */
async function begin(trial: Trial | undefined): Promise<string> {
  const runId = trial?.runId;
  if (typeof runId !== "string") throw new Error("The trial has no run");
  await stage.dispatch();
  await stage.run(await stage.attempt(runId));
  return runId;
}

interface Ending {
  readonly loss?: number;
  readonly exitCode?: number;
}

/** Runs a trial's job to its end, and the sweep's next step. */
async function finish(sweepId: string, trial: Trial | undefined, ending: Ending): Promise<void> {
  const runId = await begin(trial);
  if (ending.loss !== undefined) await log(runId, ending.loss);
  const { exitCode = 0 } = ending;
  await stage.end(await stage.attempt(runId), { exitCode, detail: `exited with code ${exitCode}` });
  await stepSweep(stage.system, sweepId);
}

/** Ends the jobs of trials that were asked to stop, as their machine would. */
async function endStopped(id: string): Promise<void> {
  for (const { runId, jobState } of await runningOf(id)) {
    if (runId === null || jobState === "queued") continue;
    expect((await stage.get(runId)).cancelRequestedAt).not.toBeNull();
    const end = { cause: "cancelled", exitCode: 143, detail: "stopped" } as const;
    await stage.end(await stage.attempt(runId), end);
  }
  await stepDueSweeps(stage.system);
}

async function runningOf(id: string): Promise<Trial[]> {
  return (await trialsOf(id)).filter(({ state }) => state === "running");
}

describe("a sweep", () => {
  test("queues as many trials as it may have at a time, each a tracked run with its values", async () => {
    const sweep = await start({ parallelism: 3 });
    expect(sweep).toMatchObject({ state: "running", trials: { running: 3 }, best: null, seed: 7 });
    expect(sweep.space).toEqual({
      lr: { type: "float", low: 1e-5, high: 0.1, log: true },
      n: { type: "int", low: 1, high: 4 },
    });
    const [first] = await trialsOf(sweep.id);
    const job = await stage.get(first?.runId ?? "");
    expect(job).toMatchObject({ state: "queued", name: "tune-0", submittedBy: "Ada" });
    expect(job.experimentId).toBe(sweep.experimentId);
    const { prisma } = stage.test.platform.db;
    const params = await prisma.runParam.findMany({
      where: { runId: job.id },
      orderBy: { key: "asc" },
    });
    const [lr, n] = params.map(({ value }) => value);
    expect(job.command).toEqual(["python", "train.py", "--lr", lr, `--n=${n}`]);
    expect(Number(lr)).toBe(first?.values.lr);
    expect(Number(n)).toBe(first?.values.n);
    const audits = await prisma.auditEntry.count({
      where: { action: "sweep.create", subject: sweep.id },
    });
    expect(audits).toBe(1);
  });

  test("runs its budget and no more, finishes, and knows the best", async () => {
    const { id } = await start({ parallelism: 2 });
    const losses = [3, 1, 4, 2];
    for (const loss of losses) {
      const [next] = await runningOf(id);
      await finish(id, next, { loss });
    }
    const sweep = await read(id);
    expect(sweep).toMatchObject({
      state: "finished",
      trials: { running: 0, complete: 4 },
      best: { number: 1, objective: 1, state: "complete" },
    });
    expect(sweep.finishedAt).not.toBeNull();
    expect((await trialsOf(id)).map(({ objective }) => objective)).toEqual(losses);
    await stepSweep(stage.system, id);
    await stepDueSweeps(stage.system);
    expect(await trialsOf(id)).toHaveLength(4);
  });

  test("the other way round takes the highest", async () => {
    const { id } = await start({ parallelism: 1, maxTrials: 2, direction: "maximize" });
    await finish(id, (await runningOf(id))[0], { loss: 1 });
    await finish(id, (await runningOf(id))[0], { loss: 5 });
    expect((await read(id)).best).toMatchObject({ number: 1, objective: 5 });
  });

  test("gives the same values again from the same seed and results", async () => {
    const values = [];
    for (const _ of [1, 2]) {
      const { id } = await start({
        sampler: { name: "tpe", options: { startupTrials: 1 } },
        parallelism: 1,
      });
      for (const loss of [3, 1, 2, 4]) await finish(id, (await runningOf(id))[0], { loss });
      values.push((await trialsOf(id)).map((trial) => trial.values));
    }
    expect(values[0]).toEqual(values[1]);
  });

  test("ends when a grid is through", async () => {
    const { id } = await start({
      job: { command: ["t", "--n={{int(1,2)}}"], tier: "tiny" },
      sampler: { name: "grid" },
      maxTrials: 50,
      parallelism: 10,
    });
    for (const trial of await runningOf(id)) await finish(id, trial, { loss: 1 });
    expect(await read(id)).toMatchObject({ state: "finished", trials: { complete: 2 } });
  });
});

describe("trials that fail", () => {
  test("at first, one and all, stop the sweep, which says so, and leave nothing running", async () => {
    const { id } = await start({ parallelism: 3, maxTrials: 50, failureLimit: 2 });
    const [first, second] = await runningOf(id);
    await finish(id, first, { exitCode: 1 });
    expect(await read(id)).toMatchObject({ state: "running", trials: { running: 3, failed: 1 } });
    await finish(id, second, { exitCode: 1 });
    expect(await read(id)).toMatchObject({
      state: "failed",
      reason: "its first 2 trials all failed; the last one: exited with code 1",
    });
    await endStopped(id);
    expect((await read(id)).trials).toEqual({
      running: 0,
      complete: 0,
      pruned: 0,
      failed: 2,
      cancelled: 2,
    });
    expect(await trialsOf(id)).toHaveLength(4);
  });

  test("later on are only some that failed", async () => {
    const { id } = await start({ parallelism: 1, maxTrials: 4, failureLimit: 2 });
    await finish(id, (await runningOf(id))[0], { loss: 1 });
    for (let turn = 0; turn < 3; turn += 1)
      await finish(id, (await runningOf(id))[0], { exitCode: 1 });
    expect(await read(id)).toMatchObject({ state: "finished", trials: { complete: 1, failed: 3 } });
  });

  test("include those that never log the metric", async () => {
    const { id } = await start({ parallelism: 1, failureLimit: 1 });
    await finish(id, (await runningOf(id))[0], {});
    expect(await read(id)).toMatchObject({
      state: "failed",
      reason: 'its first trial failed; the last one: its command never logged the metric "loss"',
    });
  });

  test("do not include one that somebody cancelled", async () => {
    const { id } = await start({ parallelism: 1, failureLimit: 1 });
    const [first] = await runningOf(id);
    await cancelJob(stage.person, at(first?.runId ?? ""));
    await stepSweep(stage.system, id);
    expect(await read(id)).toMatchObject({
      state: "running",
      trials: { running: 1, cancelled: 1 },
    });
  });
});

describe("pruning", () => {
  test("leaves a trial alone that was better once", async () => {
    const pruner = { name: "median", options: { startupTrials: 1 } };
    const { id } = await start({ parallelism: 1, maxTrials: 2, pruner });
    const first = await begin((await runningOf(id))[0]);
    for (const step of [0, 1, 2]) await log(first, 1, step);
    await stepDueSweeps(stage.system);
    await stage.end(await stage.attempt(first));
    await stepSweep(stage.system, id);
    const second = await begin((await runningOf(id))[0]);
    for (const [step, loss] of [0.5, 9, 9].entries()) {
      await log(second, loss, step);
      await stepDueSweeps(stage.system);
      expect((await stage.get(second)).cancelRequestedAt).toBeNull();
    }
  });

  test("ends a trial that is worse than the others, once", async () => {
    const pruner = { name: "median", options: { startupTrials: 1 } };
    const { id } = await start({ parallelism: 1, maxTrials: 2, pruner });
    const good = await begin((await runningOf(id))[0]);
    for (const step of [0, 1, 2]) await log(good, 1, step);
    await stepDueSweeps(stage.system);
    await stage.end(await stage.attempt(good));
    await stepSweep(stage.system, id);
    const bad = await begin((await runningOf(id))[0]);
    await log(bad, 9, 0);
    await Promise.all([stepDueSweeps(stage.system), stepDueSweeps(stage.system)]);
    const reason = "pruned at step 0: worse than the median of 1 complete trials, 1.00000";
    const job = await stage.get(bad);
    expect(job).toMatchObject({ state: "running", reason });
    expect(job.cancelRequestedAt).not.toBeNull();
    const end = {
      cause: "cancelled",
      exitCode: 143,
      signal: "SIGTERM",
      detail: "stopped",
    } as const;
    await stage.end(await stage.attempt(bad), end);
    await stepSweep(stage.system, id);
    expect(await stage.get(bad)).toMatchObject({ state: "cancelled", reason });
    expect((await trialsOf(id))[1]).toMatchObject({ state: "pruned", reason, objective: null });
    expect(await read(id)).toMatchObject({ state: "finished", trials: { complete: 1, pruned: 1 } });
  });
});

describe("pausing, extending and cancelling", () => {
  test("a paused sweep starts nothing, and goes on where it was", async () => {
    const { id } = await start({ parallelism: 2 });
    await pauseSweep(stage.person, at(id));
    for (const trial of await runningOf(id)) await finish(id, trial, { loss: 1 });
    await stepDueSweeps(stage.system);
    expect(await read(id)).toMatchObject({ state: "paused", trials: { running: 0, complete: 2 } });
    expect(await resumeSweep(stage.person, at(id))).toMatchObject({
      state: "running",
      trials: { running: 2 },
    });
  });

  test("a finished sweep that is extended goes on, with what it knows", async () => {
    const { id } = await start({ parallelism: 1, maxTrials: 1 });
    await finish(id, (await runningOf(id))[0], { loss: 1 });
    await expect(resumeSweep(stage.person, at(id))).rejects.toMatchObject({
      code: "failed_precondition",
    });
    const extended = await extendSweep(stage.person, {
      ...at(id),
      extension: { trials: 2, parallelism: 2 },
    });
    expect(extended).toMatchObject({
      state: "running",
      maxTrials: 3,
      trials: { complete: 1, running: 2 },
    });
    expect(extended.finishedAt).toBeNull();
  });

  test("cancelling ends what waits at once", async () => {
    const { id } = await start({ parallelism: 3, maxTrials: 50 });
    const asked = await cancelSweep(stage.person, at(id));
    expect(asked).toMatchObject({ state: "cancelled", trials: { running: 0, cancelled: 3 } });
    const [first] = await trialsOf(id);
    expect(first?.reason).toBe("cancelled by Ada before it started");
  });

  test("cancelling stops what runs, and leaves nothing", async () => {
    const { id } = await start({ parallelism: 3, maxTrials: 50 });
    const runId = await begin((await runningOf(id))[0]);
    const asked = await cancelSweep(stage.person, at(id));
    expect(asked).toMatchObject({ state: "cancelled", reason: "cancelled by Ada" });
    await endStopped(id);
    expect((await read(id)).trials).toMatchObject({ running: 0, cancelled: 3 });
    expect((await stage.get(runId)).state).toBe("cancelled");
    expect(await trialsOf(id)).toHaveLength(3);
    expect(await cancelSweep(stage.person, at(id))).toMatchObject({ state: "cancelled" });
    for (const change of [pauseSweep, resumeSweep]) {
      await expect(change(stage.person, at(id))).rejects.toMatchObject({
        code: "failed_precondition",
      });
    }
  });
});

describe("steps that are lost, repeated or at once", () => {
  test("start each trial once", async () => {
    const { id } = await start({ parallelism: 4, maxTrials: 30 });
    for (const trial of await runningOf(id)) {
      const runId = await begin(trial);
      await log(runId, 1);
      await stage.end(await stage.attempt(runId));
    }
    await Promise.all(Array.from({ length: 8 }, () => stepSweep(stage.system, id)));
    const trials = await trialsOf(id);
    expect(trials.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(trials.map(({ runId }) => runId)).size).toBe(8);
    const jobs = await stage.test.platform.db.prisma.workload.count({
      where: { experiment: { name: "tune" }, state: "queued" },
    });
    expect(jobs).toBe(4);
  });

  test("are made good by the regular pass", async () => {
    const { id } = await start({ parallelism: 2 });
    for (const trial of await runningOf(id)) {
      const runId = await begin(trial);
      await log(runId, 1);
      await stage.end(await stage.attempt(runId));
    }
    await stepDueSweeps(stage.system);
    expect((await read(id)).trials).toMatchObject({ complete: 2, running: 2 });
  });

  test("the end of a job asks for a step, in its own transaction", async () => {
    const { id } = await start({ parallelism: 1 });
    const runId = await begin((await runningOf(id))[0]);
    await log(runId, 1);
    await stage.end(await stage.attempt(runId));
    const { rows } = await stage.test.platform.db.pool.query<{ job: string }>(
      "SELECT job FROM outbox WHERE payload ->> 'sweepId' = $1",
      [id],
    );
    expect(rows).toEqual([{ job: "sweep.step" }]);
  });
});

describe("a sweep that cannot be", () => {
  test.each<[string, Partial<CreateSweep>, RegExp]>([
    [
      "a space upside down",
      { job: { command: ["t", "--a={{uniform(3,1)}}"] } },
      /a\.high: is 1, below low/,
    ],
    [
      "a placeholder that nothing tells",
      { job: { command: ["t", "{{a}}"] } },
      /no parameter has this name/,
    ],
    ["nothing to search", { job: { command: ["t"] } }, /must have one parameter at least/],
    [
      "no such sampler",
      { sampler: { name: "magic" } },
      /sampler\.name: is "magic"; there are: grid/,
    ],
    ["no such pruner", { pruner: { name: "axe" } }, /pruner\.name: is "axe"; there are: median/],
    [
      "no such option",
      { sampler: { name: "tpe", options: { x: 1 } } },
      /sampler\.options\.x: is no option/,
    ],
    ["no such tier", { job: { command, tier: "huge" } }, /no tier "huge"/],
  ])("is refused: %s", async (_name, sweep, words) => {
    const before = (await listSweeps(stage.person, { project: stage.project, limit: 500 })).items
      .length;
    await expect(start(sweep)).rejects.toMatchObject({
      code: "invalid_argument",
      message: expect.stringMatching(words) as string,
    });
    const after = await listSweeps(stage.person, { project: stage.project, limit: 500 });
    expect(after.items).toHaveLength(before);
  });

  test("is none to somebody else", async () => {
    const { id } = await start();
    const eve = await stage.test.createPerson({ name: "Eve" });
    await expect(getSweep(eve, at(id))).rejects.toMatchObject({ code: "not_found" });
    await expect(cancelSweep(eve, at(id))).rejects.toMatchObject({ code: "not_found" });
  });
});
