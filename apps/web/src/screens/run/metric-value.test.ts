import type { LatestMetric } from "@tessera/contracts/run";
import { expect, it } from "vitest";
import { bestOf, compareNames, keyMetrics, metricNumber } from "./metric-value.ts";

function metric(key: string, more: Partial<LatestMetric> = {}): LatestMetric {
  return {
    key,
    value: 1,
    step: 4,
    at: "2026-01-01T00:00:00Z",
    min: 0.5,
    max: 2,
    count: 5,
    ...more,
  };
}

it("reads what JSON cannot hold", () => {
  expect(metricNumber("NaN")).toBeNaN();
  expect(metricNumber("-Infinity")).toBe(Number.NEGATIVE_INFINITY);
});

it("knows which way is better by the name, and has no best without finite values", () => {
  expect(bestOf(metric("loss/val"))).toEqual({ value: 0.5, goal: "min" });
  expect(bestOf(metric("accuracy/val"))).toEqual({ value: 2, goal: "max" });
  expect(bestOf(metric("loss", { min: null, max: null }))).toBeUndefined();
  expect(
    ["layer/0/weight", "optim/grad_norm", "epoch_time"].map((key) => bestOf(metric(key))),
  ).toEqual([undefined, undefined, undefined]);
});

it("shows pinned metrics first, then held-out ones, then training, then machinery", () => {
  const metrics = ["optim/lr", "loss/train", "loss/val", "accuracy/val", "other"].map((key) =>
    metric(key),
  );
  const keys = (most: number) => keyMetrics(metrics, ["optim/lr"], most).map(({ key }) => key);
  expect(keys(5)).toEqual(["optim/lr", "accuracy/val", "loss/val", "other", "loss/train"]);
  expect(keys(2)).toHaveLength(2);
});

it("counts in names", () => {
  expect(["l/10", "l/9", "l/1"].toSorted(compareNames)).toEqual(["l/1", "l/9", "l/10"]);
});
