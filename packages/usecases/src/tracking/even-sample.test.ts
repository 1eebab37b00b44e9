import fc from "fast-check";
import { expect, test } from "vitest";
import { EvenSample } from "./even-sample.ts";

function sample(count: number, most: number): number[] {
  const even = new EvenSample<number>(most);
  for (let index = 0; index < count; index++) even.add(index);
  return even.items();
}

test("few are all kept", () => {
  expect(sample(0, 3)).toEqual([]);
  expect(sample(3, 3)).toEqual([0, 1, 2]);
});

test("of many it keeps at most so many, in order, with the first and the last", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 1, max: 50 }),
      (count, most) => {
        const kept = sample(count, most);
        expect(kept.length).toBeLessThanOrEqual(most);
        expect(kept.length).toBeGreaterThanOrEqual(Math.min(count, Math.floor(most / 2)));
        expect(kept.at(-1)).toBe(count - 1);
        if (most > 1) expect(kept[0]).toBe(0);
        expect(kept).toEqual([...new Set(kept)].toSorted((a, b) => a - b));
        const gaps = kept.slice(1).map((each, index) => each - (kept[index] ?? 0));
        // But for the last gap, none is much wider than another.
        const inner = gaps.slice(0, -1);
        if (inner.length > 0) expect(Math.max(...inner)).toBe(Math.min(...inner));
      },
    ),
  );
});
