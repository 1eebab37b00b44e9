import { expect, it } from "vitest";
import { runProgress } from "./run-progress.ts";

const start = Date.parse("2026-01-01T00:00:00Z");

function metric(key: string, step: number, more: { value?: number; count?: number } = {}) {
  const at = new Date(start + 60_000).toISOString();
  return { key, step, at, value: more.value ?? 0.5, min: 0, max: 1, count: more.count ?? step + 1 };
}

const run = { startedAt: new Date(start).toISOString() };

it("counts steps from 0 against the epochs that a param names", () => {
  const params = { epochs: "30", seed: "0" };
  const metrics = [metric("loss", 9), metric("f1", 0)];
  expect(runProgress({ ...run, params, metrics }, start + 70_000)).toEqual({
    done: 10,
    of: 30,
    unit: "epochs",
    leftMs: 110_000,
  });
});

it("prefers a metric that counts the unit itself, and nested or dashed names", () => {
  const params = { "trainer.max-steps": "1000", "trainer.num_train_epochs": "3" };
  const metrics = [metric("train/epoch", 120, { value: 1.5 }), metric("train/loss", 499)];
  expect(runProgress({ ...run, params, metrics }, start)).toMatchObject({
    done: 500,
    of: 1000,
    unit: "steps",
  });
  const epochsOnly = { num_train_epochs: "3" };
  expect(runProgress({ ...run, params: epochsOnly, metrics }, start + 60_000)).toEqual({
    done: 1,
    of: 3,
    unit: "epochs",
    leftMs: 60_000,
  });
});

it("says nothing where steps do not fit the total, or nothing was logged", () => {
  const params = { epochs: "3" };
  expect(runProgress({ ...run, params, metrics: [metric("loss", 500)] }, start)).toBeUndefined();
  expect(runProgress({ ...run, params, metrics: [] }, start)).toBeUndefined();
  expect(
    runProgress({ ...run, params: { lr: "3" }, metrics: [metric("loss", 2)] }, start),
  ).toBeUndefined();
});
