import type { Direction, Method } from "@tessera/contracts/search-space";
import { describe, expect, test } from "vitest";
import { createRandom } from "../chance/random.ts";
import type { PastTrial, PastTrialState } from "../study/study.ts";
import { createPruner, prunerNames, type Pruning } from "./registry.ts";

function trial(
  number: number,
  curve: readonly number[],
  state: PastTrialState = "complete",
): PastTrial {
  const reports = curve.map((value, at) => ({ step: at + 1, value }));
  return { number, state, values: {}, objectives: null, reports };
}

interface Judgement {
  readonly method: Method;
  readonly direction?: Direction;
  readonly judgedStep?: number;
}

/** Judges the last of some trials. */
function judge(
  trials: readonly PastTrial[],
  { method, direction = "minimize", judgedStep }: Judgement,
): Pruning | null {
  const number = trials.at(-1)?.number ?? 0;
  const look = { trials, number, direction, judgedStep: judgedStep ?? null };
  return createPruner(method).judge(look);
}

const five = [1, 2, 3, 4, 5].map((loss, at) => trial(at, [loss + 2, loss + 1, loss]));

describe.each(prunerNames)("the pruner %s", (name) => {
  const method = { name };

  test("lets the best go on, and ends the worst, either way round", () => {
    const worst = trial(5, [99, 98, 97], "running");
    const best = trial(5, [1, 0, -1], "running");
    expect(judge([...five, best], { method })).toBeNull();
    expect(judge([...five, worst], { method })).toMatchObject({ step: 1 });
    const turned = (each: PastTrial): PastTrial => ({
      ...each,
      reports: each.reports.map(({ step, value }) => ({ step, value: -value })),
    });
    const direction = "maximize";
    expect(judge([...five, best].map(turned), { method, direction })).toBeNull();
    expect(judge([...five, worst].map(turned), { method, direction })).toMatchObject({ step: 1 });
  });

  test("lets a trial alone go on, and one that has reported nothing", () => {
    expect(judge([trial(0, [7, 7, 7], "running")], { method })).toBeNull();
    expect(judge([...five, trial(5, [], "running")], { method })).toBeNull();
  });

  test("judges each report once", () => {
    const worst = trial(5, [99, 98, 97], "running");
    expect(judge([...five, worst], { method, judgedStep: 3 })).toBeNull();
  });

  test("ends a trial whose metric is no number", () => {
    const broken = trial(5, [NaN, NaN, NaN], "running");
    expect(judge([...five, broken], { method })).toMatchObject({ step: 1 });
  });

  test("refuses options that it does not have", () => {
    expect(() => createPruner({ name, options: { patience: 3 } })).toThrow(
      /patience: is no option/,
    );
  });
});

describe("the median rule", () => {
  const worst = trial(5, [99, 98, 97, 96, 95, 94, 93], "running");
  const long = [1, 2, 3, 4, 5].map((loss, at) => trial(at, Array(7).fill(loss)));

  test("waits for enough complete trials; running ones do not count", () => {
    const method = { name: "median" };
    const four = long.slice(0, 4);
    expect(judge([...four, trial(9, Array(7).fill(0), "running"), worst], { method })).toBeNull();
    expect(
      judge([...four, worst], { method: { name: "median", options: { startupTrials: 4 } } }),
    ).not.toBeNull();
  });

  test("waits for the warm-up and judges once in an interval", () => {
    const options = { warmupSteps: 3, interval: 2 };
    const method = { name: "median", options };
    expect(judge([...long, worst], { method })).toMatchObject({ step: 3 });
    expect(judge([...long, worst], { method, judgedStep: 3 })).toMatchObject({ step: 5 });
  });

  test("counts the best so far, and only trials that reported the step", () => {
    const method = { name: "median" };
    const once = trial(5, [2.9, 50, 50], "running");
    expect(judge([...five, once], { method })).toBeNull();
    const unseen = trial(5, [0, 0, 0, 99], "running");
    expect(judge([...five, unseen], { method })).toBeNull();
    expect(judge([...long, worst], { method })?.reason).toBe(
      "worse than the median of 5 complete trials, 3.00000",
    );
  });
});

describe("successive halving", () => {
  test("judges at rungs alone", () => {
    const method = { name: "asha", options: { minSteps: 2, reduction: 3 } };
    const others = [1, 2, 3, 4, 5, 6, 7, 8].map((loss, at) => trial(at, Array(9).fill(loss)));
    const falling = trial(8, [0, 0, 9, 9, 9, 9, 9], "running");
    expect(judge([...others, falling], { method })).toMatchObject({ step: 6 });
    const third = trial(8, Array(9).fill(3.5), "running");
    expect(judge([...others, third], { method })).toMatchObject({
      step: 2,
      reason: "3 of 8 other trials did better at step 2; 3 went on",
    });
    expect(judge([...others, trial(8, Array(9).fill(2.5), "running")], { method })).toBeNull();
  });

  test("spends a fraction of the budget and keeps one of the best", () => {
    const random = createRandom(12);
    const method = { name: "asha" };
    const pruner = createPruner(method);
    const trials: PastTrial[] = [];
    let spent = 0;
    const ends = Array.from({ length: 81 }, () => random.uniform());
    for (const [number, end] of ends.entries()) {
      let curve: number[] = [];
      let pruned: Pruning | null = null;
      for (let step = 1; step <= 81 && pruned === null; step += 1) {
        curve = [...curve, end + random.uniform() / step];
        spent += 1;
        const running = trial(number, curve, "running");
        const judgedStep = step === 1 ? null : step - 1;
        pruned = pruner.judge({
          direction: "minimize",
          trials: [...trials, running],
          number,
          judgedStep,
        });
      }
      trials.push(trial(number, curve, pruned ? "pruned" : "complete"));
    }
    expect(spent).toBeLessThan((81 * 81) / 5);
    const finished = trials
      .filter(({ state }) => state === "complete")
      .map(({ number }) => ends[number] ?? 1);
    const better = ends.filter((end) => end < Math.min(...finished));
    expect(better.length).toBeLessThan(3);
  });
});

test("a pruner that there is not is refused with those that there are", () => {
  expect(() => createPruner({ name: "axe" })).toThrow('name: is "axe"; there are: median, asha');
});
