import { expect, test } from "vitest";
import { duration, shortened } from "./words.ts";

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
