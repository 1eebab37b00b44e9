import { expect, it } from "vitest";
import { findAttempt } from "./find-attempt.ts";
import type { LogRow, LogSource } from "./log-source.ts";

function sourceOf(attempts: readonly number[]) {
  let reads = 0;
  const rows = attempts.map<LogRow>((attempt, number) => ({
    number,
    attempt,
    text: "",
    stream: "stdout",
    at: "2026-01-01T00:00:00Z",
  }));
  const source: LogSource = {
    read: async (from, limit) => {
      reads += 1;
      return rows.slice(from, from + limit);
    },
    search: async () => ({ lines: [] }),
    subscribe: () => () => undefined,
  };
  return { source, reads: () => reads };
}

it("finds the first line of each attempt in a few reads", async () => {
  const attempts = [...Array(700).fill(1), ...Array(3).fill(2), ...Array(297).fill(4)];
  const { source, reads } = sourceOf(attempts);
  const find = (attempt: number) =>
    findAttempt(source, attempt, { total: 1000, signal: new AbortController().signal });
  expect(await find(1)).toBe(0);
  expect(await find(2)).toBe(700);
  expect(await find(4)).toBe(703);
  expect(reads()).toBeLessThan(40);
  expect(await find(3)).toBeUndefined();
  expect(await find(5)).toBeUndefined();
});
