import { describe, expect, it } from "vitest";
import { columnStarts, revealed, visibleColumns, visibleLines } from "./visible-range.ts";

describe("visibleLines", () => {
  const lines = { lineHeight: 32, count: 100_000, beyond: 2 };

  it("takes what is on the screen and a little more", () => {
    expect(visibleLines({ top: 3200, height: 320 }, lines)).toEqual({ first: 98, end: 112 });
    expect(visibleLines({ top: 0, height: 320 }, lines)).toEqual({ first: 0, end: 12 });
    expect(visibleLines({ top: 3_199_680, height: 320 }, lines)).toEqual({
      first: 99_988,
      end: 100_000,
    });
  });

  it("has nothing for an empty table, or for a position beyond its end", () => {
    expect(visibleLines({ top: 0, height: 320 }, { ...lines, count: 0 })).toEqual({
      first: 0,
      end: 0,
    });
    const beyond = visibleLines({ top: 9_000_000, height: 320 }, lines);
    expect(beyond.end - beyond.first).toBeLessThanOrEqual(0);
  });
});

describe("visibleColumns", () => {
  const starts = columnStarts([100, 50, 200, 80]);

  it("finds columns of different widths", () => {
    expect([...starts]).toEqual([0, 100, 150, 350, 430]);
    expect(visibleColumns(starts, { left: 0, width: 120 }, 0)).toEqual({ first: 0, end: 2 });
    expect(visibleColumns(starts, { left: 149, width: 1 }, 0)).toEqual({ first: 1, end: 3 });
    expect(visibleColumns(starts, { left: 160, width: 1000 }, 0)).toEqual({ first: 2, end: 4 });
    expect(visibleColumns(starts, { left: 160, width: 10 }, 1)).toEqual({ first: 1, end: 4 });
  });

  it("has nothing where there are no columns", () => {
    expect(visibleColumns(columnStarts([]), { left: 0, width: 100 }, 2)).toEqual({
      first: 0,
      end: 0,
    });
  });
});

it("reveals by moving as little as can be", () => {
  expect(revealed(100, { start: 40, size: 32 }, 320)).toBe(40);
  expect(revealed(100, { start: 400, size: 32 }, 320)).toBe(112);
  expect(revealed(100, { start: 200, size: 32 }, 320)).toBe(100);
});
