import { mkdir, rm, writeFile } from "node:fs/promises";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AttemptSpec } from "../executor.ts";
import { ExecutorStage } from "../testing/executor-harness.ts";
import { createLocalHarness, isAlive } from "./local-harness.ts";
import type { LocalHarness } from "./local-harness.ts";

const linux = process.platform === "linux";
let harness: LocalHarness;
let stage: ExecutorStage;

beforeEach(async () => {
  harness = await createLocalHarness();
  stage = new ExecutorStage(harness);
  await stage.open();
});

afterEach(async () => {
  stage.close();
  await harness.dispose();
});

/** Runs a script that prints the pids of what it starts, and waits for all of them. */
async function startPrinting(script: string, count: number): Promise<number[]> {
  await stage.start("a1", {}, { argv: ["sh", "-c", script] });
  const pids = async () => ((await stage.log("a1")).match(/\d+/g) ?? []).map(Number);
  await expect.poll(async () => (await pids()).length, { timeout: 5000 }).toBe(count);
  return pids();
}

const deaf = `sh -c 'trap "" TERM; echo $$; exec sleep 600'`;

describe("what a command leaves behind is ended", { timeout: 30_000 }, () => {
  test("children in the background, even those that ignore SIGTERM", async () => {
    const pids = await startPrinting(`sleep 600 & echo $!; ${deaf} & sleep 0.3; exit 7`, 2);
    expect(await stage.ended("a1")).toMatchObject({ cause: "exit", exitCode: 7 });
    expect(await Promise.all(pids.map(isAlive))).not.toContain(true);
  });

  test.runIf(linux)("children that made themselves a session or a group", async () => {
    const pids = await startPrinting(
      "setsid sh -c 'echo $$; exec sleep 600' & set -m; sleep 600 & echo $!; sleep 0.5; exit 0",
      2,
    );
    await stage.ended("a1");
    expect(await Promise.all(pids.map(isAlive))).not.toContain(true);
  });

  test("a child that has not ended yet keeps the attempt from being told as ended", async () => {
    const [pid = 0] = await startPrinting(`${deaf} & sleep 0.3`, 1);
    const told: boolean[] = [];
    await expect
      .poll(
        async () => {
          const { phase } = await stage.status("a1");
          if (phase === "exited") told.push(await isAlive(pid));
          return phase;
        },
        { interval: 5, timeout: 5000 },
      )
      .toBe("exited");
    expect(told).toEqual([false]);
  });

  test.runIf(linux)("by a stop too: deaf, suspended and escaped ones", async () => {
    const pids = await startPrinting(
      `trap '' TERM; setsid ${deaf} & \
       sleep 600 & echo $!; kill -STOP $!; echo $$; while :; do sleep 1; done`,
      3,
    );
    await stage.executor.stop("a1", { graceMs: 500, reason: "cancelled" });
    expect(await stage.ended("a1")).toMatchObject({ cause: "cancelled", signal: "SIGKILL" });
    expect(await Promise.all(pids.map(isAlive))).not.toContain(true);
  });
});

describe("what a command is given", () => {
  test.runIf(linux)("signals at their defaults, and no descriptor but the three", async () => {
    const script = 'grep Sig /proc/self/status; for fd in /proc/$$/fd/*; do readlink "$fd"; done';
    await stage.start("a1", {}, { argv: ["sh", "-c", script] });
    await stage.ended("a1");
    const log = await stage.log("a1");
    expect(log).toMatch(/SigIgn:\s+0+\n/);
    expect(log).toMatch(/SigBlk:\s+0+\n/);
    const folder = join(harness.root, "a1");
    const open = log.split("\n").filter((line) => line.startsWith("/"));
    expect(open).toEqual(["/dev/null", join(folder, "stdout.log"), join(folder, "stderr.log")]);
  });

  test("its arguments as they are, with no shell between", async () => {
    const argv = ["printf", "%s|", "$HOME", "`id`", "a  b", "", "*", "-n", "é\n"];
    await stage.start("a1", {}, { argv });
    await stage.ended("a1");
    expect(await stage.log("a1")).toBe("$HOME|`id`|a  b||*|-n|é\n|");
  });

  test("its working directory, and a thread count for its CPUs", async () => {
    const script = "pwd; echo $OMP_NUM_THREADS";
    await stage.start("a1", {}, { argv: ["sh", "-c", script], limits: { graceMs: 0, cpus: 1.5 } });
    await stage.ended("a1");
    expect(await stage.log("a1")).toBe(`${harness.workingDirectory}\n1\n`);
  });
});

describe("what cannot start says why", () => {
  const missing = "/no/such";
  const failing: { more: Partial<AttemptSpec>; exitCode: number; detail: RegExp }[] = [
    {
      more: { workingDirectory: missing },
      exitCode: 126,
      detail: /^the working directory \/no\/such does not exist$/,
    },
    {
      more: { workingDirectory: "/etc/passwd" },
      exitCode: 126,
      detail: /\/etc\/passwd is not a directory$/,
    },
    { more: { argv: ["./train.sh"] }, exitCode: 127, detail: /^command not found: \.\/train\.sh$/ },
    { more: { argv: ["/etc"] }, exitCode: 126, detail: /^command is a directory: \/etc$/ },
    {
      more: { argv: ["/etc/passwd"] },
      exitCode: 126,
      detail: /^command is not executable \(permission denied\)/,
    },
    {
      more: { argv: ["ls"], env: { PATH: missing } },
      exitCode: 127,
      detail: /^command not found: ls$/,
    },
    {
      more: { argv: ["echo", "x".repeat(3_000_000)] },
      exitCode: 126,
      detail: /arguments and environment together are too long/,
    },
  ];
  test.each(failing)("$detail", async ({ more, exitCode, detail }) => {
    await stage.start("a1", {}, more);
    const status = await stage.status("a1");
    expect(status).toMatchObject({ phase: "exited", cause: "start-failed", exitCode });
    expect(status.detail).toMatch(detail);
    await stage.reopen();
    expect(await stage.status("a1")).toEqual(status);
  });

  test("an interpreter that is missing is told by the exit code", async () => {
    const script = join(harness.workingDirectory, "script");
    await writeFile(script, "#!/usr/bin/env pyhton\n", { mode: 0o755 });
    await stage.start("a1", {}, { argv: [script] });
    const status = await stage.ended("a1");
    expect(status).toMatchObject({ cause: "exit", exitCode: 127 });
    expect(status.detail).toContain("was not found");
    expect(await stage.log("a1", "stderr")).toContain("pyhton");
  });
});

describe("what an attempt uses", { timeout: 30_000 }, () => {
  test("is sampled: CPU, memory and its own GPUs", async () => {
    const argv = [
      "sh",
      "-c",
      "(while :; do :; done) & head -c 50000000 /dev/zero | tail -c 50000000 | sleep 600",
    ];
    await stage.start("a1", {}, { argv, gpuIndexes: [1] });
    await expect
      .poll(async () => (await stage.status("a1")).usage, { timeout: 15_000, interval: 200 })
      .toMatchObject({
        gpus: [{ index: 1, utilizationPercent: 87, memoryBytes: 40000 * 1024 * 1024 }],
      });
    await expect
      .poll(async () => (await stage.status("a1")).usage?.rssBytes, { timeout: 15_000 })
      .toBeGreaterThan(50_000_000);
    const usage = (await stage.status("a1")).usage;
    expect(usage?.rssBytes).toBeLessThan(200_000_000);
    expect(usage?.cpuPercent).toBeGreaterThan(5);
    expect(usage?.cpuPercent).toBeLessThan(250);
  });

  test.runIf(linux)("counts memory that its processes share once", async () => {
    const script =
      "import os, time; x = bytes(b'x' * 60_000_000)\nfor _ in range(4):\n  if os.fork() == 0: break\ntime.sleep(2.5)";
    const limits = { memoryBytes: 150 * 1024 * 1024, graceMs: 1000 };
    const env = { PATH: process.env["PATH"] ?? "" };
    await stage.start("a1", {}, { argv: ["python3", "-c", script], env, limits });
    const most = { rssBytes: 0 };
    await expect
      .poll(
        async () => {
          const { phase, usage } = await stage.status("a1");
          most.rssBytes = Math.max(most.rssBytes, usage?.rssBytes ?? 0);
          return phase;
        },
        { timeout: 20_000 },
      )
      .toBe("exited");
    expect(most.rssBytes).toBeGreaterThan(limits.memoryBytes);
    expect(await stage.status("a1")).toMatchObject({ cause: "exit", exitCode: 0 });
  });

  // Version 1 of the controllers, which root can use without a delegation.
  const controller = "/sys/fs/cgroup/memory";
  test.runIf(process.getuid?.() === 0 && existsSync(join(controller, "memory.limit_in_bytes")))(
    "too much for the kernel: its kill is told in words",
    async () => {
      const group = join(controller, `tessera-test-${process.pid}`);
      await mkdir(group);
      try {
        await writeFile(join(group, "memory.limit_in_bytes"), "40000000");
        const script = `echo $$ > ${group}/cgroup.procs; exec tail /dev/zero`;
        await stage.start("a1", {}, { argv: ["sh", "-c", script] });
        expect(await stage.ended("a1")).toMatchObject({
          cause: "out-of-memory",
          exitCode: 137,
          detail: "killed by SIGKILL; the kernel reported an out-of-memory kill",
        });
      } finally {
        await expect
          .poll(() =>
            rm(group, { recursive: true, force: true }).then(
              () => true,
              () => false,
            ),
          )
          .toBe(true);
      }
    },
  );

  test("200 MB of output costs the worker no memory", async () => {
    const before = process.memoryUsage().rss;
    await stage.start("a1", {}, { argv: ["sh", "-c", "head -c 200000000 /dev/zero; echo end"] });
    await stage.ended("a1", 25_000);
    const path = join(harness.root, "a1", "stdout.log");
    expect(statSync(path).size).toBe(200_000_004);
    const range = { offset: 199_999_998, maxBytes: 1000 };
    expect((await stage.executor.readLog("a1", "stdout", range)).toString()).toBe("\0\0end\n");
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });
});
