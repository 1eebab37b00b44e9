import { expect, it } from "vitest";
import { logTicks } from "./plot-options.ts";
import { shortNumber, xTick } from "./axis-format.ts";

it.each([
  [0, "0"],
  [0.1 + 0.2, "0.3"],
  [2500, "2500"],
  [12_000, "12k"],
  [1_500_000, "1.5M"],
  [2e9, "2G"],
  [1e-6, "1e-6"],
  [2.5e-6, "2.5e-6"],
  [-20_000, "-20k"],
  [3e15, "3e15"],
])("writes the tick %d as %s", (value, text) => {
  expect(shortNumber(value)).toBe(text);
});

it("writes times as finely as the ticks are apart", () => {
  const noon = new Date(2026, 5, 15, 12, 0, 30).getTime();
  const midnight = new Date(2026, 5, 15).getTime();
  expect(xTick(noon, "time", 1000)).toBe("12:00:30");
  expect(xTick(noon, "time", 60_000)).toBe("12:00");
  expect(xTick(midnight, "time", 3 * 3_600_000)).toBe("15 Jun");
  expect(xTick(noon, "time", 86_400_000)).toBe("15 Jun");
  expect(xTick(90_000, "relative", 30_000)).toBe("1:30");
  expect(xTick(200, "relative", 100)).toBe("0.2 s");
});

it("labels the decades of a log scale, and more where there are few", () => {
  const wide = [0.0192794, 0.02, 0.03, 0.05, 0.1, 0.2, 1, 5, 10];
  expect(logTicks(wide).filter((value) => value !== null)).toEqual([0.1, 1, 10]);
  const narrow = [0.15, 0.2, 0.3, 0.5, 0.9, 1, 2, 3];
  expect(logTicks(narrow).filter((value) => value !== null)).toEqual([0.2, 0.5, 1, 2]);
});
