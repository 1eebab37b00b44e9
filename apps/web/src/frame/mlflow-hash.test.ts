import { expect, it } from "vitest";
import { pageOfMlflowHash } from "./mlflow-hash.ts";

it("leads addresses that the MLflow client prints to our pages", () => {
  const page = (hash: string) => pageOfMlflowHash("digits", hash);
  expect(page("#/experiments/3/runs/01a2")).toBe("/p/digits/runs/01a2");
  expect(page("#/experiments/3/runs/01a2/artifacts?x=1")).toBe("/p/digits/runs/01a2");
  expect(page("#/experiments/3")).toBe("/p/digits/runs?experiment=3");
  expect(page("#/experiments/3?searchFilter=")).toBe("/p/digits/runs?experiment=3");
  expect(page('#/compare-runs?runs=["a1","b2"]&experiments=["0"]')).toBe(
    "/p/digits/compare?runs=a1,b2",
  );
});

it("leaves every other hash alone, and cannot be led astray", () => {
  const page = (hash: string) => pageOfMlflowHash("digits", hash);
  expect(
    ["", "#", "#content", "#/models/x", "#/experiments", "#/compare-runs?runs=x"].map(page),
  ).toEqual(Array.from({ length: 6 }, () => undefined));
  expect(page("#/experiments/1/runs/..%2F..%2Fx")).toBe("/p/digits/runs/..%2F..%2Fx");
});
