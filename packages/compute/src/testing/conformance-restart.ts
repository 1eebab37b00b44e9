import { expect, test } from "vitest";
import type { ExecutorStage } from "./executor-harness.ts";

/** What a new executor on the old one's state finds. */
export function describeRestart(stage: () => ExecutorStage): void {
  test("finds what runs, and tells its end", async (context) => {
    context.skip(!stage().executor.capabilities.survivesRestart);
    await stage().start("a1", { stdout: "still here", runsMs: 1000, exitCode: 5 });
    const before = await stage().status("a1");
    await stage().reopen();
    const after = await stage().status("a1");
    expect(after).toMatchObject({ phase: "running", pid: before.pid });
    expect(after.startedAt).toEqual(before.startedAt);
    expect(await stage().ended("a1")).toMatchObject({ cause: "exit", exitCode: 5 });
    expect(stage().changes).toEqual(["a1"]);
    expect(await stage().log("a1")).toBe("still here");
  });

  test("finds how an attempt ended meanwhile, and does not run it again", async (context) => {
    context.skip(!stage().executor.capabilities.survivesRestart);
    const behaviour = { stdout: "once", runsMs: 300, exitCode: 6 };
    await stage().start("a1", behaviour);
    stage().close();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await stage().open();
    const first = await stage().status("a1");
    expect(first).toMatchObject({ phase: "exited", cause: "exit", exitCode: 6 });
    const ran = (first.endedAt?.getTime() ?? 0) - (first.startedAt?.getTime() ?? 0);
    expect(ran).toBeGreaterThan(250);
    expect(ran).toBeLessThan(950);
    await stage().start("a1", behaviour);
    expect(await stage().status("a1")).toEqual(first);
    expect(await stage().log("a1")).toBe("once");
  });

  test("enforces limits and stops of attempts that it did not start", async (context) => {
    context.skip(!stage().executor.capabilities.survivesRestart);
    const limits = { wallMs: 1500, graceMs: 2000 };
    await stage().start("limited", { runsUntilStopped: true }, { limits });
    await stage().start("stopped", { runsUntilStopped: true });
    const deaf = { stdout: "deaf", ignoresTerm: true, runsUntilStopped: true };
    await stage().start("deaf", deaf);
    await expect.poll(() => stage().log("deaf")).toBe("deaf");
    await stage().executor.stop("deaf", { graceMs: 800, reason: "cancelled" });
    await stage().reopen();
    expect(
      (await stage().executor.observe(["limited", "stopped", "deaf"])).map((a) => a.phase),
    ).toEqual(["running", "running", "running"]);
    await stage().executor.stop("stopped", { graceMs: 5000, reason: "cancelled" });
    expect(await stage().ended("stopped")).toMatchObject({ cause: "cancelled", signal: "SIGTERM" });
    expect(await stage().ended("deaf")).toMatchObject({ cause: "cancelled", signal: "SIGKILL" });
    expect(await stage().ended("limited")).toMatchObject({ cause: "timeout", signal: "SIGTERM" });
  });
}
