import { expect, test } from "vitest";
import { Restarts } from "./restarts.ts";

test("a process is started again at once, then later and later, and never given up", () => {
  const restarts = new Restarts();
  let now = 1000;
  const pauses = Array.from({ length: 200 }, () => {
    const pause = restarts.next(now);
    now += pause + 500;
    return pause;
  });
  expect(pauses.slice(0, 7)).toEqual([0, 500, 1000, 2000, 4000, 8000, 10_000]);
  expect(new Set(pauses.slice(7))).toEqual(new Set([10_000]));
});

test("one that ran for a while starts anew", () => {
  const restarts = new Restarts();
  expect([restarts.next(0), restarts.next(10), restarts.next(100_000)]).toEqual([0, 500, 0]);
});
