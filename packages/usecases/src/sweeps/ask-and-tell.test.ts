import type { CreateSweep, TellTrial } from "@tessera/contracts/sweep";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type JobStage, startJobStage } from "../testing/job-stage.ts";
import { askTrial } from "./ask-trial.ts";
import { cancelSweep } from "./cancel-sweep.ts";
import { createSweep } from "./create-sweep.ts";
import { getSweep } from "./get-sweep.ts";
import { tellTrial } from "./tell-trial.ts";
import { thinReports } from "./thin-reports.ts";

let stage: JobStage;

beforeAll(async () => {
  stage = await startJobStage();
});

afterAll(async () => stage?.close());

async function start(sweep: Partial<CreateSweep> = {}): Promise<string> {
  const { id } = await createSweep(stage.person, {
    project: stage.project,
    sweep: {
      space: { x: { type: "float", low: -5, high: 5 } },
      metric: "loss",
      direction: "minimize",
      maxTrials: 30,
      seed: 1,
      ...sweep,
    },
  });
  return id;
}

const at = (id: string) => ({ project: stage.project, id });
const ask = (id: string) => askTrial(stage.person, at(id));
const tell = (id: string, number: number, news: TellTrial) =>
  tellTrial(stage.person, { ...at(id), number, news });

const refused = { code: "failed_precondition" };

describe("a sweep whose trials somebody else runs", () => {
  test("is asked and told until its budget is spent, and finds the best", async () => {
    const id = await start();
    for (let number = 0; number < 30; number += 1) {
      const trial = await ask(id);
      expect(trial).toMatchObject({ number, state: "running", runId: null });
      await tell(id, number, { state: "complete", value: (Number(trial.values.x) - 2) ** 2 });
    }
    const sweep = await getSweep(stage.person, at(id));
    expect(sweep).toMatchObject({ state: "finished", command: null, trials: { complete: 30 } });
    expect(sweep.best?.objective).toBeLessThan(0.1);
    await expect(ask(id)).rejects.toMatchObject({ ...refused, message: "The sweep is finished" });
  });

  test("gives each of many callers a trial of its own, and no more than the budget", async () => {
    const id = await start({ maxTrials: 10 });
    const answers = await Promise.allSettled(Array.from({ length: 14 }, () => ask(id)));
    const numbers = answers.flatMap((answer) =>
      answer.status === "fulfilled" ? [answer.value.number] : [],
    );
    expect(numbers.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("says when a trial should end early", async () => {
    const pruner = { name: "asha", options: { reduction: 2 } };
    const id = await start({ pruner });
    for (const [number, value] of [1, 2, 3, 0].entries()) {
      await ask(id);
      const { prune } = await tell(id, number, { state: "running", step: 1, value });
      if (value === 1 || value === 0) expect(prune).toBeNull();
      else expect(prune).toMatch(/^pruned at step 1: \d of \d other trials did better/);
    }
    const { trial, prune } = await tell(id, 2, { state: "pruned" });
    expect(prune).toBeNull();
    expect(trial).toMatchObject({
      state: "pruned",
      reason: expect.stringMatching(/^pruned at step 1/) as string,
    });
  });

  test("takes the same end again, and no other", async () => {
    const id = await start();
    await ask(id);
    await tell(id, 0, { state: "complete", value: 1 });
    expect((await tell(id, 0, { state: "complete", value: 1 })).trial.objective).toBe(1);
    await expect(tell(id, 0, { state: "failed" })).rejects.toMatchObject(refused);
    await expect(tell(id, 9, { state: "failed" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("stops when the first all fail, and ends what runs when it is cancelled", async () => {
    const hopeless = await start({ failureLimit: 2 });
    for (const number of [0, 1]) {
      await ask(hopeless);
      await tell(hopeless, number, { state: "failed", reason: "no such file" });
    }
    expect(await getSweep(stage.person, at(hopeless))).toMatchObject({
      state: "failed",
      reason: "its first 2 trials all failed; the last one: no such file",
    });
    const id = await start();
    await ask(id);
    const sweep = await cancelSweep(stage.person, at(id));
    expect(sweep.trials).toMatchObject({ running: 0, cancelled: 1 });
    await expect(tell(id, 0, { state: "complete", value: 1 })).rejects.toMatchObject(refused);
  });

  test("is not for sweeps that run their trials themselves", async () => {
    const job = { command: ["t", "{{x}}"], tier: "tiny" };
    const id = await start({ job });
    await expect(ask(id)).rejects.toMatchObject(refused);
    await expect(tell(id, 0, { state: "complete", value: 1 })).rejects.toMatchObject(refused);
  });
});

test("long series are thinned by the same steps, and keep one value a step", () => {
  const points = Array.from({ length: 5000 }, (_, step) => ({ step, value: step }));
  const kept = thinReports([...points, { step: 8, value: 80 }]);
  expect(kept.length).toBeLessThanOrEqual(1000);
  expect(kept.slice(0, 3)).toEqual([
    [0, 0],
    [8, 80],
    [16, 16],
  ]);
  expect(thinReports(points.slice(0, 3))).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
});
