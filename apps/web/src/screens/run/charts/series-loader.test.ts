import { expect, it } from "vitest";
import { type FetchSeries, SeriesLoader, type SeriesQuery } from "./series-loader.ts";

const view = { project: "p", runId: "r", axis: "step", range: undefined } as const;

function loaderThatKnows(known: (key: string) => boolean) {
  const asked: string[][] = [];
  const fetch: FetchSeries = async ({ runId }, keys) => {
    asked.push([...keys]);
    return keys
      .filter(known)
      .map((key) => ({ runId, key, x: [], mean: [], min: [], max: [], notFinite: [], points: 0 }));
  };
  return { loader: new SeriesLoader(fetch), asked };
}

it("asks once for what is wanted at the same time, and answers each its own", async () => {
  const { loader, asked } = loaderThatKnows((key) => key !== "b");
  const answers = await Promise.all(["a", "b", "a"].map((key) => loader.load({ ...view, key })));
  expect(answers.map((answer) => answer?.key ?? null)).toEqual(["a", null, "a"]);
  expect(asked).toEqual([["a", "b"]]);
});

it("keeps views apart, and requests within the limit", async () => {
  const { loader, asked } = loaderThatKnows(() => true);
  const zoomed: SeriesQuery = { ...view, key: "z", range: [1, 2] };
  const keys = Array.from({ length: 60 }, (_, at) => `k${at}`);
  await Promise.all([loader.load(zoomed), ...keys.map((key) => loader.load({ ...view, key }))]);
  expect(asked.map((each) => each.length).toSorted((a, b) => a - b)).toEqual([1, 10, 50]);
});

it("tells everybody of a failure", async () => {
  const loader = new SeriesLoader(() => Promise.reject(new Error("away")));
  const results = await Promise.allSettled(["a", "b"].map((key) => loader.load({ ...view, key })));
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});
