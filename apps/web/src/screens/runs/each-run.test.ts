import { expect, it } from "vitest";
import { eachRun } from "./each-run.ts";

it("does all, a few at a time, and tells which failed", async () => {
  let running = 0;
  let most = 0;
  const ids = Array.from({ length: 40 }, (_, at) => String(at));
  const outcome = await eachRun(ids, async (id) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    if (id === "7") throw new Error("no");
  });
  expect(outcome.done).toHaveLength(39);
  expect(outcome.failed).toEqual([{ id: "7", error: new Error("no") }]);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThan(10);
});
