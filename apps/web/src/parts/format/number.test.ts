import { describe, expect, it } from "vitest";
import { countOf, formatNumber, formatPercent } from "./number.ts";

describe("formatNumber", () => {
  it.each([
    [0, "0"],
    [-0, "0"],
    [0.9, "0.9"],
    [0.90001, "0.9000"],
    [0.93123456, "0.9312"],
    [-12.3456, "-12.35"],
    [999.96, "1000"],
    [12345.678, "12,346"],
    [1234567, "1,234,567"],
    [1234567.5, "1.235e6"],
    [3.1e-5, "3.1e-5"],
    [0.0001, "0.0001"],
    [0.00099999, "0.001000"],
    [1e21, "1e21"],
    [5e9, "5e9"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "∞"],
    [Number.NEGATIVE_INFINITY, "-∞"],
  ])("writes %d as %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe("countOf", () => {
  it("uses the singular for one only", () => {
    expect([countOf(0, "run"), countOf(1, "run"), countOf(12345, "entry", "entries")]).toEqual([
      "0 runs",
      "1 run",
      "12,345 entries",
    ]);
  });
});

describe("formatPercent", () => {
  it("keeps a decimal where it matters", () => {
    expect([0, 0.034, 0.5, 1, Number.NaN].map(formatPercent)).toEqual([
      "0 %",
      "3.4 %",
      "50 %",
      "100 %",
      "–",
    ]);
  });
});
