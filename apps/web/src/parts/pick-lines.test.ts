import { expect, it } from "vitest";
import { pickLines } from "./pick-lines.ts";

const options = [
  { id: "1", label: "lr", group: "params" },
  { id: "2", label: "val/loss", group: "metrics" },
  { id: "3", label: "layers", group: "params" },
  { id: "4", label: "alone" },
];
const shown = (query: string) =>
  pickLines(options, query).map((line) => line.heading ?? line.option?.label);

it("puts options under their headings, each heading once", () => {
  expect(shown("")).toEqual(["params", "lr", "layers", "metrics", "val/loss", "alone"]);
});

it("wants every word, in the label or in the heading, and leaves out empty groups", () => {
  expect(shown("L")).toEqual(["params", "lr", "layers", "metrics", "val/loss", "alone"]);
  expect(shown("metrics LOSS")).toEqual(["metrics", "val/loss"]);
  expect(shown("nothing")).toEqual([]);
});
