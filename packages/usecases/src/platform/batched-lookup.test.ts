import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { batchedLookup } from "./batched-lookup.ts";

test("what is asked while a query is under way goes into the next, and each gets its own answer", async () => {
  const asked: number[][] = [];
  const lookup = batchedLookup(async (keys: readonly number[]) => {
    asked.push([...keys]);
    await pause(5);
    return keys.map((key) => (key === 3 ? undefined : key * 10));
  });
  expect(await Promise.all([1, 2, 3, 4].map((key) => lookup(key)))).toEqual([
    10,
    20,
    undefined,
    40,
  ]);
  expect(asked).toEqual([[1], [2, 3, 4]]);
  expect(await lookup(5)).toBe(50);
  expect(asked.at(-1)).toEqual([5]);
});

test("every answer was read after its question", async () => {
  let state = "old";
  const lookup = batchedLookup(async (keys: readonly string[]) => {
    const seen = state;
    await pause(5);
    return keys.map(() => seen);
  });
  const before = lookup("a");
  state = "new";
  expect(await Promise.all([before, lookup("a")])).toEqual(["old", "new"]);
});

test("a key that is refused fails alone; a lost database fails all that asked", async () => {
  const lookup = batchedLookup(async (keys: readonly number[]) => {
    await pause(1);
    if (keys.includes(13)) throw Object.assign(new Error("unlucky"), { code: "22021" });
    if (keys.includes(99)) throw Object.assign(new Error("gone"), { code: "57P01" });
    return keys;
  });
  const answers = await Promise.allSettled([1, 2, 13, 4].map((key) => lookup(key)));
  expect(answers.map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  expect(await lookup(7)).toBe(7);
  const lost = await Promise.allSettled([99, 1, 2].map((key) => lookup(key)));
  expect(lost[0]).toMatchObject({ status: "rejected", reason: { message: "gone" } });
});

test("hundreds at once are asked for in pieces", async () => {
  const sizes: number[] = [];
  const lookup = batchedLookup(async (keys: readonly number[]) => {
    sizes.push(keys.length);
    await pause(1);
    return keys;
  });
  const keys = Array.from({ length: 501 }, (_, index) => index);
  expect(await Promise.all(keys.map((key) => lookup(key)))).toEqual(keys);
  expect(sizes).toEqual([1, 200, 200, 100]);
});
