import { setTimeout as pause } from "node:timers/promises";
import { createTestDatabase, type TestDatabase } from "@tessera/db/testing/create-test-database";
import { createLogger } from "@tessera/kit/logger";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRunActivity } from "./run-activity.ts";

let database: TestDatabase;
const log = createLogger("test", "silent");

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => database?.close());

async function toldOf(id: string): Promise<number> {
  return database.db.prisma.event.count({ where: { subject: id, type: "run.changed" } });
}

test("a busy run is told of at once, and seldom while it goes on", async () => {
  const activity = createRunActivity({ pool: database.db.pool, log, everyMs: 300 });
  const run = { id: "busy", projectId: "p" };
  const until = Date.now() + 1000;
  let notes = 0;
  while (Date.now() < until) {
    activity.note(run);
    notes += 1;
    await pause(1);
  }
  const told = await toldOf("busy");
  expect(notes).toBeGreaterThan(10);
  expect(told).toBeGreaterThanOrEqual(2);
  expect(told).toBeLessThanOrEqual(6);
  await activity.stop();
});

test("the last change is told too, though it came soon after the one before", async () => {
  const activity = createRunActivity({ pool: database.db.pool, log, everyMs: 300 });
  for (let note = 0; note < 3; note++) activity.note({ id: "short", projectId: "p" });
  await expect.poll(() => toldOf("short")).toBe(2);
  await activity.stop();
});

test("runs are told of apart, and what fails harms nobody", async () => {
  const activity = createRunActivity({ pool: database.db.pool, log, everyMs: 60_000 });
  for (const id of ["a", "b", "a"]) activity.note({ id, projectId: "p" });
  await activity.stop();
  expect([await toldOf("a"), await toldOf("b")]).toEqual([1, 1]);
  activity.note({ id: "c\0", projectId: "p" });
  await activity.stop();
});
