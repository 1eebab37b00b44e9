import { expect, test } from "vitest";
import type { ExecutorStage } from "./executor-harness.ts";

/** How attempts end: by themselves, by a stop, by a limit. */
export function describeEnding(stage: () => ExecutorStage): void {
  describeOwnEnds(stage);
  describeStops(stage);
  describeLimits(stage);
}

function describeOwnEnds(stage: () => ExecutorStage): void {
  test.each([0, 1, 2, 42, 126, 127, 255])("tells the exit code %i", async (exitCode) => {
    await stage().start("a1", { exitCode });
    const status = await stage().ended("a1");
    expect(status).toMatchObject({ cause: "exit", exitCode });
    expect(status.signal).toBeUndefined();
    expect(status.detail).toContain(`exited with code ${exitCode}`);
    expect(status.detail.includes("not found")).toBe(exitCode === 127);
  });

  test.each(["SIGKILL", "SIGSEGV"] as const)("tells a death by %s", async (endsBySignal) => {
    await stage().start("a1", { endsBySignal });
    const status = await stage().ended("a1");
    expect(status).toMatchObject({ cause: "signal", signal: endsBySignal });
    expect(status.detail).toContain(`killed by ${endsBySignal}`);
  });
}

function describeStops(stage: () => ExecutorStage): void {
  test("stops by SIGTERM what obeys it, at once after the start", async () => {
    await stage().start("a1", { runsUntilStopped: true });
    const asked = Date.now();
    await stage().executor.stop("a1", { graceMs: 20_000, reason: "cancelled" });
    const status = await stage().ended("a1");
    expect(status).toMatchObject({ cause: "cancelled", signal: "SIGTERM", detail: "cancelled" });
    expect(Date.now() - asked).toBeLessThan(5000);
  });

  test("kills after the grace what ignores SIGTERM", async () => {
    await stage().start("a1", { stdout: "deaf", ignoresTerm: true, runsUntilStopped: true });
    await expect.poll(() => stage().log("a1")).toBe("deaf");
    await stage().executor.stop("a1", { graceMs: 700, reason: "cancelled" });
    expect(await stage().status("a1")).toMatchObject({
      phase: "running",
      detail: "stopping: cancelled",
    });
    const status = await stage().ended("a1");
    expect(status).toMatchObject({ cause: "cancelled", signal: "SIGKILL", exitCode: 137 });
    expect(status.detail).toContain("killed");
    const ran = (status.endedAt?.getTime() ?? 0) - (status.startedAt?.getTime() ?? 0);
    expect(ran).toBeGreaterThan(650);
  });

  test("the first reason stays and a shorter grace wins", async () => {
    await stage().start("a1", { stdout: "deaf", ignoresTerm: true, runsUntilStopped: true });
    await expect.poll(() => stage().log("a1")).toBe("deaf");
    await stage().executor.stop("a1", { graceMs: 600_000, reason: "timeout" });
    await stage().executor.stop("a1", { graceMs: 0, reason: "cancelled" });
    expect(await stage().ended("a1")).toMatchObject({ cause: "timeout", signal: "SIGKILL" });
    expect(stage().changes).toEqual(["a1"]);
  });

  test("leaves an ended attempt as it is", async () => {
    await stage().start("a1", { exitCode: 3 });
    const ended = await stage().ended("a1");
    await stage().executor.stop("a1", { graceMs: 0, reason: "cancelled" });
    expect(await stage().status("a1")).toEqual(ended);
  });
}

function describeLimits(stage: () => ExecutorStage): void {
  test("stops at the wall-time limit", async () => {
    const limits = { wallMs: 500, graceMs: 5000 };
    await stage().start("a1", { runsUntilStopped: true }, { limits });
    const status = await stage().ended("a1");
    expect(status).toMatchObject({ cause: "timeout", signal: "SIGTERM" });
    expect(status.detail).toBe("stopped: ran longer than its limit of 500 ms");
  });

  test("kills what takes more memory than its limit, and says how much", async (context) => {
    context.skip(!stage().executor.capabilities.enforcesMemory);
    const limits = { memoryBytes: 100 * 1024 * 1024, graceMs: 5000 };
    await stage().start("a1", { usesBytes: 400_000_000, runsUntilStopped: true }, { limits });
    const status = await stage().ended("a1");
    expect(status).toMatchObject({ cause: "out-of-memory", exitCode: 137 });
    expect(status.detail).toMatch(/^killed: out of memory \(used \d+(\.\d)? [MG]B of 100 MB\)$/);
  });

  test("lets alone what stays within its limits", async () => {
    const limits = { memoryBytes: 1024 * 1024 * 1024, wallMs: 60_000, graceMs: 1000 };
    await stage().start("a1", { runsMs: 1200 }, { limits });
    expect(await stage().ended("a1")).toMatchObject({ cause: "exit", exitCode: 0 });
  });
}
