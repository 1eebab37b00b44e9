import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inventRunName } from "./run-names.ts";

describe("invented run names", () => {
  it("are a quality, an animal and a number, of at most 20 characters", () => {
    expect(inventRunName(0)).toBe("able-ant-0");
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (random) => {
        const name = inventRunName(random);
        expect(name).toMatch(/^[a-z]+-[a-z]+-\d{1,3}$/u);
        expect(name.length).toBeLessThanOrEqual(20);
      }),
    );
  });

  it("are many, and spread over every word", () => {
    const names = Array.from({ length: 50_000 }, (_, index) => inventRunName(index / 50_000));
    const words = names.flatMap((name) => name.split("-").slice(0, 2));
    expect(new Set(names).size).toBe(50_000);
    expect(new Set(words).size).toBeGreaterThan(200);
  });
});
