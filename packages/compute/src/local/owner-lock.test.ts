import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isAlive } from "./local-harness.ts";
import { withOwnerLock } from "./owner-lock.ts";
import { readBootId, readProcess } from "./process-table.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tessera-lock-"));
  path = join(folder, "lock");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Counts how many are inside at once. */
function counter() {
  const counts = { inside: 0, most: 0, passed: 0 };
  const act = async () => {
    counts.inside += 1;
    counts.most = Math.max(counts.most, counts.inside);
    await sleep(5);
    counts.inside -= 1;
    counts.passed += 1;
  };
  return { counts, act };
}

async function writeOwner(owner: object): Promise<void> {
  await writeFile(path, JSON.stringify({ token: "t", bootId: readBootId(), ...owner }));
}

test("one at a time, and nothing is left", async () => {
  const { counts, act } = counter();
  const waited: number[] = [];
  const options = { onWait: (pid: number) => waited.push(pid) };
  await Promise.all(Array.from({ length: 8 }, () => withOwnerLock(path, act, options)));
  expect(counts).toEqual({ inside: 0, most: 1, passed: 8 });
  expect(new Set(waited)).toEqual(new Set([process.pid]));
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  { what: "is gone", owner: { pid: 2 ** 22 + 1, start: "1" } },
  { what: "was another with the same pid", owner: { pid: process.pid, start: "1" } },
  { what: "was of an earlier boot", owner: { pid: process.pid, bootId: "earlier" } },
])("a lock whose owner $what is taken over by one at a time", async ({ owner }) => {
  await writeOwner(owner);
  await writeFile(
    `${path}.takeover`,
    JSON.stringify({ token: "u", pid: 2 ** 22 + 1, start: "1", bootId: readBootId() }),
  );
  const { counts, act } = counter();
  await Promise.all(Array.from({ length: 8 }, () => withOwnerLock(path, act)));
  expect(counts).toEqual({ inside: 0, most: 1, passed: 8 });
  expect(await readdir(folder)).toEqual([]);
});

test("a dead owner's tool is gone before the lock is another's", async () => {
  const tool = spawn("sh", ["-c", "sleep 600 & sleep 600; :"], { detached: true, stdio: "ignore" });
  const pid = tool.pid ?? 0;
  const start = (await readProcess(pid))?.start;
  await writeOwner({ pid: 2 ** 22 + 1, start: "1", tool: { pid, start } });
  let alive: boolean | undefined;
  await withOwnerLock(path, async () => {
    alive = await isAlive(pid);
  });
  expect(alive).toBe(false);
});

test("waiting ends by the signal; the lock is released when the work fails", async () => {
  await expect(withOwnerLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  const closing = new AbortController();
  const holding = withOwnerLock(path, () => sleep(500));
  await expect.poll(() => readdir(folder)).toContain("lock");
  const waiting = withOwnerLock(path, () => sleep(0), { signal: closing.signal });
  closing.abort();
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  await holding;
  expect(await readdir(folder)).toEqual([]);
});
