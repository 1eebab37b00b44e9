import { expect, test } from "vitest";
import { byteCount, duration, shortened } from "./words.ts";

test("durations have the two units that matter", () => {
  expect([400, 59_400, 125_000, 4_320_000].map(duration)).toEqual([
    "0 s",
    "59 s",
    "2 min 5 s",
    "1 h 12 min",
  ]);
});

test("long texts are cut between characters", () => {
  expect(shortened("short", 5)).toBe("short");
  expect(shortened("longer", 5)).toBe("long…");
  expect(shortened("🙂🙂🙂", 2)).toBe("🙂…");
});

test("sizes have the unit that suits them", () => {
  expect([0, 999, 12_345, 1_500_000_000].map(byteCount)).toEqual([
    "0 B",
    "999 B",
    "12.3 kB",
    "1.5 GB",
  ]);
});
