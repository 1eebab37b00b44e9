import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Job } from "@tessera/contracts/job";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startWorkerStage, type TestWorker, type WorkerStage } from "../testing/worker-stage.ts";

const run = promisify(execFile);
const wait = { timeout: 20_000, interval: 30 };
const mayMount = process.platform === "linux" && process.getuid?.() === 0;
const why = "mounting a small disk needs root, on Linux";

let home: string;
let stage: WorkerStage;
let worker: TestWorker;

beforeEach(async (context) => {
  context.skip(!mayMount, why);
  home = await mkdtemp(join(tmpdir(), "tessera-full-"));
  await run("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", home]);
  stage = await startWorkerStage({ home });
  worker = await stage.openWorker();
});

afterEach(async () => {
  if (!mayMount) return;
  worker.die();
  await run("umount", ["--lazy", home]);
  await stage.close();
  await rm(home, { recursive: true, force: true });
});

async function fill(): Promise<void> {
  await writeFile(join(home, "filler"), Buffer.alloc(8_000_000)).catch((error: Error) =>
    expect(error).toMatchObject({ code: "ENOSPC" }),
  );
}

async function failure(command: string[]): Promise<Job> {
  const { id } = await stage.submit({ command });
  await stage.dispatch();
  await expect
    .poll(async () => {
      await worker.keeper.tick();
      return (await stage.get(id)).state;
    }, wait)
    .toBe("failed");
  return stage.get(id);
}

test("a disk that gets full while a job logs is named as the reason", async () => {
  const job = await failure(["sh", "-c", "head -c 6000000 /dev/zero || exit 9"]);
  expect(job.reason).toBe("exited with code 9; the disk that holds its log is full");
});

test("a job that cannot be started for want of space says so, and a later one starts", async () => {
  await fill();
  const job = await failure(["true"]);
  expect(job.reason).toBe("it could not be started: the disk of the machine is full");
  expect(job.attempts).toMatchObject([{ cause: "start-failed" }]);
  await rm(join(home, "filler"));
  const { id } = await stage.submit({ command: ["true"] });
  await stage.dispatch();
  await expect
    .poll(async () => {
      await worker.keeper.tick();
      return (await stage.get(id)).state;
    }, wait)
    .toBe("finished");
});
