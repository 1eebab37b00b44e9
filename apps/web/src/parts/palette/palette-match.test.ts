import { expect, it } from "vitest";
import { bestMatches, paletteScore } from "./palette-match.ts";

const items = [
  { id: "a", label: "Go to runs", keywords: ["experiments"] },
  { id: "b", label: "Re-run" },
  { id: "c", label: "Runs of last week" },
  { id: "d", label: "Prune" },
];

it("puts the beginning of the label before the beginning of a word before the inside of one", () => {
  expect(bestMatches(items, "run", 10).map((item) => item.id)).toEqual(["c", "a", "b", "d"]);
});

it("wants every word, and finds by keyword", () => {
  expect(bestMatches(items, "experiments go", 10).map((item) => item.id)).toEqual(["a"]);
  expect(paletteScore({ id: "x", label: "Queue" }, "queue nothing")).toBe(0);
});

it("offers everything, in order, for an empty query", () => {
  expect(bestMatches(items, "  ", 2).map((item) => item.id)).toEqual(["a", "b"]);
});
