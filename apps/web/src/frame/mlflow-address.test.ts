import { expect, test } from "vitest";
import { pageOfMlflowAddress } from "./mlflow-address.ts";

const run = "01a20cb627de7ffb98437ad28eae8ac0";

test.each([
  [`#/experiments/0/runs/${run}`, `/p/digits/runs/${run}`],
  [`#/experiments/12/runs/${run}?workspace=x`, `/p/digits/runs/${run}`],
  [`#/experiments/12/runs/${run}/artifacts`, `/p/digits/runs/${run}`],
  ["#/experiments/12", "/p/digits/runs?experiment=12"],
  ["#/experiments/12?workspace=x", "/p/digits/runs?experiment=12"],
])("%s leads to %s", (fragment, page) => {
  expect(pageOfMlflowAddress("digits", fragment)).toBe(page);
});

test.each(["", "#", "#content", "#/experiments/", "#/experiments/a/runs/b", "#//evil.example"])(
  "%s leads nowhere",
  (fragment) => {
    expect(pageOfMlflowAddress("digits", fragment)).toBeNull();
  },
);

test("a run's id that climbs leads to the experiment alone", () => {
  expect(pageOfMlflowAddress("digits", "#/experiments/1/runs/../x")).toBe(
    "/p/digits/runs?experiment=1",
  );
});
