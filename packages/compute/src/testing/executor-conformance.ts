import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { describeEnding } from "./conformance-ending.ts";
import { describeRestart } from "./conformance-restart.ts";
import { ExecutorStage } from "./executor-harness.ts";
import type { ExecutorHarness } from "./executor-harness.ts";

/** What every executor has to do, whatever it runs attempts on. */
export function describeExecutor(
  name: string,
  createHarness: () => Promise<ExecutorHarness>,
): void {
  describe(`${name}: executor conformance`, { timeout: 30_000 }, () => {
    let stage: ExecutorStage;
    beforeEach(async () => {
      stage = new ExecutorStage(await createHarness());
      await stage.open();
    });
    afterEach(async () => {
      stage.close();
      await stage.harness.dispose();
    });
    const current = () => stage;
    describe("starting", () => describeStarting(current));
    describe("specs", () => describeSpecs(current));
    describe("what a command gets", () => describeSurroundings(current));
    describe("logs", () => describeLogs(current));
    describe("ending", () => describeEnding(current));
    describe("giving up and forgetting", () => describeForgetting(current));
    describe("a worker's death", () => describeRestart(current));
  });
}

function describeStarting(stage: () => ExecutorStage): void {
  test("runs a command, tells its end, and keeps its times", async () => {
    const before = Date.now();
    await stage().start("a1", { runsMs: 300, exitCode: 0 });
    const running = await stage().status("a1");
    expect(running).toMatchObject({ attemptId: "a1", phase: "running", pid: expect.any(Number) });
    await vi.waitFor(() => expect(stage().changes).toEqual(["a1"]), { timeout: 10_000 });
    const ended = await stage().status("a1");
    expect(ended).toMatchObject({ phase: "exited", exitCode: 0, cause: "exit", pid: running.pid });
    expect(ended.signal).toBeUndefined();
    const [startedAt, endedAt] = [ended.startedAt?.getTime() ?? 0, ended.endedAt?.getTime() ?? 0];
    expect(startedAt).toBe(running.startedAt?.getTime());
    // File systems tell time by a coarse clock.
    expect(startedAt).toBeGreaterThan(before - 50);
    expect(endedAt - startedAt).toBeGreaterThan(250);
    expect(endedAt).toBeLessThanOrEqual(Date.now());
  });

  test("runs once, however often and however concurrently it is started", async () => {
    const once = { stdout: "once\n", runsMs: 100 };
    await Promise.all([1, 2, 3, 4].map(() => stage().start("a1", once)));
    await stage().start("a1", once);
    await stage().ended("a1");
    await stage().start("a1", once);
    expect(await stage().status("a1")).toMatchObject({ phase: "exited" });
    expect(await stage().log("a1")).toBe("once\n");
    expect(stage().changes).toEqual(["a1"]);
  });

  test("says which command was not found", async () => {
    await stage().start("a1", {}, { argv: ["pyhton", "train.py"] });
    const status = await stage().status("a1");
    expect(status).toMatchObject({ phase: "exited", cause: "start-failed", exitCode: 127 });
    expect(status.detail).toBe("command not found: pyhton");
    expect(stage().changes).toEqual(["a1"]);
  });

  test("runs 50 at once and keeps them apart", { timeout: 60_000 }, async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `many-${index}`);
    await Promise.all(
      ids.map((id, index) => stage().start(id, { stdout: id, runsMs: 200, exitCode: index })),
    );
    await vi.waitFor(() => expect(new Set(stage().changes)).toEqual(new Set(ids)), {
      timeout: 40_000,
    });
    expect(stage().changes).toHaveLength(50);
    const statuses = await stage().executor.observe(ids);
    expect(statuses.map((status) => status.attemptId)).toEqual(ids);
    expect(statuses.map((status) => status.exitCode)).toEqual(ids.map((_, index) => index));
    expect(await Promise.all(ids.map((id) => stage().log(id)))).toEqual(ids);
  });
}

function describeSpecs(stage: () => ExecutorStage): void {
  test("refuses a bad spec, naming every fault, and keeps nothing of it", async () => {
    const bad = {
      argv: [],
      env: { "MY-NAME": "x", OK: "a\0b" },
      workingDirectory: "relative",
      limits: { graceMs: -1, wallMs: 0 },
      gpuIndexes: [7],
    };
    const refusal = await stage()
      .start("a1", {}, bad)
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "invalid_argument" });
    const { issues } = refusal as { issues: { path: string }[] };
    expect(issues.map((issue) => issue.path).toSorted()).toEqual([
      "argv",
      "env.MY-NAME",
      "env.OK",
      "gpuIndexes[0]",
      "limits.graceMs",
      "limits.wallMs",
      "workingDirectory",
    ]);
    await stage().start("a1", { exitCode: 4 });
    expect(await stage().ended("a1")).toMatchObject({ exitCode: 4 });
  });

  test.each(["", "../a", "a/b", ".", "a".repeat(65), "a\0"])("refuses the id %j", async (id) => {
    const refused = { code: "invalid_argument" };
    const { executor } = stage();
    await expect(stage().start(id, {})).rejects.toMatchObject(refused);
    await expect(executor.observe([id])).rejects.toMatchObject(refused);
    await expect(executor.discard(id)).rejects.toMatchObject(refused);
    await expect(executor.readLog(id, "stdout", { offset: 0, maxBytes: 1 })).rejects.toMatchObject(
      refused,
    );
    await expect(executor.stop(id, { graceMs: 0, reason: "cancelled" })).rejects.toMatchObject(
      refused,
    );
  });
}

function describeSurroundings(stage: () => ExecutorStage): void {
  test("gives the environment of the spec and nothing of the worker's", async () => {
    vi.stubEnv("TESSERA_TEST_SECRET", "the worker's secret");
    const env = { GREETING: "héllo 'world' $HOME \"x\" \\n", EMPTY: "" };
    await stage().start("a1", { printsEnvironment: true }, { env });
    await stage().ended("a1");
    vi.unstubAllEnvs();
    const lines = (await stage().log("a1")).split("\n");
    expect(lines).toContain(`GREETING=${env.GREETING}`);
    expect(lines).toContain("EMPTY=");
    expect(lines).toContain("CUDA_VISIBLE_DEVICES=");
    expect(lines.join("\n")).not.toContain("secret");
  });

  test("shows the GPUs it was given and no other", async () => {
    const indexes = stage().executor.capacity.gpus.map((gpu) => gpu.index);
    expect(indexes).toEqual([0, 1]);
    const env = { CUDA_VISIBLE_DEVICES: "0,1" };
    await stage().start("a1", { printsEnvironment: true }, { env, gpuIndexes: [1] });
    await stage().ended("a1");
    expect((await stage().log("a1")).split("\n")).toContain("CUDA_VISIBLE_DEVICES=1");
  });
}

function describeLogs(stage: () => ExecutorStage): void {
  test("reads each stream by byte ranges, while it runs and afterwards", async () => {
    const output = { stdout: "zero\nžlutý\n", stderr: "oh no\n", runsUntilStopped: true };
    await stage().start("a1", output);
    await vi.waitFor(async () => expect(await stage().log("a1", "stderr")).toBe("oh no\n"));
    await stage().executor.stop("a1", { graceMs: 1000, reason: "cancelled" });
    await stage().ended("a1");
    const whole = Buffer.from("zero\nžlutý\n");
    const read = (offset: number, maxBytes: number) =>
      stage().executor.readLog("a1", "stdout", { offset, maxBytes });
    expect(await read(0, 1000)).toEqual(whole);
    expect(await read(5, 3)).toEqual(whole.subarray(5, 8));
    expect(await read(8, 1000)).toEqual(whole.subarray(8));
    expect(await read(whole.length, 10)).toHaveLength(0);
    expect(await read(1_000_000, 10)).toHaveLength(0);
  });

  test("reads nothing of an unknown attempt, and refuses a bad range", async () => {
    const { executor } = stage();
    expect(await executor.readLog("nobody", "stdout", { offset: 0, maxBytes: 10 })).toHaveLength(0);
    for (const range of [
      { offset: -1, maxBytes: 1 },
      { offset: 0.5, maxBytes: 1 },
      { offset: 0, maxBytes: 0 },
    ]) {
      await expect(executor.readLog("nobody", "stdout", range)).rejects.toMatchObject({
        code: "invalid_argument",
      });
    }
  });
}

function describeForgetting(stage: () => ExecutorStage): void {
  test("an attempt said to be absent never runs", async () => {
    expect(await stage().status("a1")).toMatchObject({ phase: "absent" });
    await expect(stage().start("a1", { stdout: "ran" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await stage().status("a1")).toMatchObject({ phase: "absent" });
    expect(await stage().log("a1")).toBe("");
    expect(stage().changes).toEqual([]);
  });

  test("an attempt stopped before its start never runs", async () => {
    await stage().executor.stop("a1", { graceMs: 0, reason: "cancelled" });
    await expect(stage().start("a1", {})).rejects.toMatchObject({ code: "conflict" });
  });

  test("forgets an ended attempt, and refuses to forget a running one", async () => {
    const { executor } = stage();
    await stage().start("a1", { stdout: "text", runsUntilStopped: true });
    await expect(executor.discard("a1")).rejects.toMatchObject({ code: "conflict" });
    await executor.stop("a1", { graceMs: 1000, reason: "cancelled" });
    await stage().ended("a1");
    await executor.discard("a1");
    expect(await stage().log("a1")).toBe("");
    expect(await stage().status("a1")).toMatchObject({ phase: "absent" });
    await executor.discard("a1");
    await executor.discard("never-was");
  });
}
