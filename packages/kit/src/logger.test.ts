import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLogger } from "./logger.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tessera-log-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

test("writes lines of JSON without secrets", async () => {
  const file = join(folder, "log");
  const fd = openSync(file, "w");
  createLogger("test", "info", fd).info({ token: "tsr_secret" }, "hello");
  await expect.poll(() => readFileSync(file, "utf8")).toContain("hello");
  closeSync(fd);
  expect(readFileSync(file, "utf8")).not.toContain("tsr_secret");
});

test.skipIf(!existsSync("/dev/full"))("a full disk costs lines, not the process", async () => {
  const faults: unknown[] = [];
  const hear = (error: unknown): number => faults.push(error);
  process.on("uncaughtException", hear);
  const fd = openSync("/dev/full", "w");
  try {
    const log = createLogger("test", "info", fd);
    for (let line = 0; line < 100; line++) log.info({ line }, "x".repeat(100_000));
    // As long as a line to a place that has room takes, which is written later.
    const file = join(folder, "log");
    const other = openSync(file, "w");
    createLogger("test", "info", other).info("written");
    await expect.poll(() => readFileSync(file, "utf8")).toContain("written");
    closeSync(other);
    expect(faults).toEqual([]);
  } finally {
    process.off("uncaughtException", hear);
    closeSync(fd);
  }
});
