import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createLogger } from "@tessera/kit/logger";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AttemptSpec, Executor } from "../executor.ts";
import { createLocalExecutor } from "./local-executor.ts";

const run = promisify(execFile);
const mayMount = process.platform === "linux" && process.getuid?.() === 0;

describe.runIf(mayMount)("a full disk", { timeout: 30_000 }, () => {
  let folder: string;
  let disk: string;
  let closing: AbortController;
  let changes: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tessera-full-"));
    disk = join(folder, "disk");
    await mkdir(disk);
    await run("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]);
  });

  afterEach(async () => {
    closing.abort();
    await run("umount", [disk]);
    await rm(folder, { recursive: true, force: true });
  });

  async function open(): Promise<Executor> {
    closing = new AbortController();
    changes = [];
    return createLocalExecutor({
      root: join(disk, "attempts"),
      env: {},
      onChange: (attemptId) => changes.push(attemptId),
      log: createLogger("compute-test", "fatal"),
      signal: closing.signal,
    });
  }

  function spec(attemptId: string, script: string): AttemptSpec {
    return {
      attemptId,
      argv: ["sh", "-c", script],
      env: {},
      workingDirectory: "/",
      limits: { graceMs: 1000 },
      gpuIndexes: [],
    };
  }

  test("while logging: the exit code stays known, and the reason with it, for later workers too", async () => {
    const executor = await open();
    await executor.start(spec("a1", "head -c 3000000 /dev/zero || exit 9"));
    await vi.waitFor(() => expect(changes).toEqual(["a1"]), { timeout: 10_000 });
    const full = {
      phase: "exited",
      cause: "exit",
      exitCode: 9,
      detail: "exited with code 9; the disk that holds its log is full",
    };
    expect(await executor.observe(["a1"])).toMatchObject([full]);
    closing.abort();
    const next = await open();
    expect(await next.observe(["a1"])).toMatchObject([full]);
    await next.discard("a1");
    expect(await next.observe(["a1"])).toMatchObject([{ phase: "absent" }]);
  });

  test("while logging: a stop is still told as what it was", async () => {
    const executor = await open();
    await executor.start(spec("a1", "head -c 3000000 /dev/zero; sleep 600"));
    await vi.waitFor(async () => {
      const log = await executor.readLog("a1", "stderr", { offset: 0, maxBytes: 10_000 });
      const size = (await executor.readLog("a1", "stdout", { offset: 0, maxBytes: 2_000_000 }))
        .length;
      expect(size + log.length).toBeGreaterThan(900_000);
    });
    await executor.stop("a1", { graceMs: 3000, reason: "cancelled" });
    await vi.waitFor(() => expect(changes).toEqual(["a1"]), { timeout: 10_000 });
    expect(await executor.observe(["a1"])).toMatchObject([
      { cause: "cancelled", signal: "SIGTERM" },
    ]);
  });

  test("before a start: it is refused in words, and starts once there is room", async () => {
    const executor = await open();
    const ballast = join(disk, "ballast");
    await writeFile(ballast, Buffer.alloc(2_000_000)).catch(() => undefined);
    await expect(executor.start(spec("a1", "echo ran"))).rejects.toMatchObject({
      code: "disk_full",
    });
    await rm(ballast);
    await executor.start(spec("a1", "echo ran"));
    await vi.waitFor(() => expect(changes).toEqual(["a1"]), { timeout: 10_000 });
    expect(String(await executor.readLog("a1", "stdout", { offset: 0, maxBytes: 10 }))).toBe(
      "ran\n",
    );
  });
});
