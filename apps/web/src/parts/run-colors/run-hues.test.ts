import { hueOfRun, RUN_HUES } from "@tessera/contracts/run-hue";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { distinctHues, isRunHue, runHues } from "./run-hues.ts";

it("gives one run one hue, and spreads runs evenly", () => {
  expect(runHues).toHaveLength(RUN_HUES);
  const counts = Array.from(runHues, () => 0);
  for (let at = 0; at < 12_000; at += 1) {
    // Version 7 ids of one second share their first characters.
    const hue = hueOfRun(`0199f3a1b2c37${at.toString(16).padStart(19, "0")}`);
    expect(isRunHue(hue)).toBe(true);
    counts[hue] = (counts[hue] ?? 0) + 1;
  }
  expect(hueOfRun("abc")).toBe(hueOfRun("abc"));
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1150);
});

it("tells runs apart that share a hue, and leaves the others as they are", () => {
  const hues: Record<string, number> = { a: 3, b: 3, c: 0, d: 3 };
  expect(distinctHues(["a", "b", "c", "d"], (id) => hues[id] ?? 0)).toEqual({ b: 1, d: 2 });
  expect(distinctHues(["a", "c"], (id) => hues[id] ?? 0)).toEqual({});
  const many = Array.from({ length: 13 }, (_, at) => String(at));
  expect(distinctHues(many, () => 0)).toEqual({});
});

it("has a value for every hue in both themes", () => {
  const css = readFileSync(new URL("../../app/tokens.css", import.meta.url), "utf8");
  runHues.forEach((_, at) => {
    expect(css.match(new RegExp(`--run-${at + 1}: #`, "g"))).toHaveLength(2);
  });
});
