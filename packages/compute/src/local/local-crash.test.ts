import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ExecutorStage } from "../testing/executor-harness.ts";
import { AttemptFiles } from "./attempt-files.ts";
import { createLocalHarness, isAlive } from "./local-harness.ts";
import type { LocalHarness } from "./local-harness.ts";
import { readBootId } from "./process-table.ts";
import { sendSignal } from "./process-tree.ts";
import { spawnShim } from "./spawn-shim.ts";

let bundles: string;
let bundle: string;
let harness: LocalHarness;
let stage: ExecutorStage;
const strangers: ChildProcess[] = [];

beforeAll(async () => {
  bundles = await mkdtemp(join(tmpdir(), "tessera-worker-"));
  bundle = join(bundles, "worker.cjs");
  await build({
    entryPoints: [join(import.meta.dirname, "crash-test-worker.ts")],
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile: bundle,
  });
});

afterAll(() => rm(bundles, { recursive: true, force: true }));

beforeEach(async () => {
  harness = await createLocalHarness();
  stage = new ExecutorStage(harness);
});

afterEach(async () => {
  for (const stranger of strangers.splice(0)) sendSignal(-(stranger.pid ?? 0), "SIGKILL");
  stage.close();
  await harness.dispose();
});

/** A worker in a process of its own; resolves when it has told `lines` lines. */
async function startWorker(specs: unknown, lines: number): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [bundle, harness.root, JSON.stringify(specs)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = 0;
  for await (const _line of createInterface({ input: worker.stdout! })) {
    told += 1;
    if (told === lines) break;
  }
  return worker;
}

async function killWorker(worker: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => worker.once("exit", resolve));
  worker.kill("SIGKILL");
  await gone;
}

describe("kill -9 of the worker", { timeout: 60_000 }, () => {
  test("attempts go on under the next worker, which has their exit codes", async () => {
    const ids = ["quick", "slow", "stopped"];
    const specs = [
      stage.spec("quick", { stdout: "q", runsMs: 400, exitCode: 3 }),
      stage.spec("slow", { stdout: "s", runsMs: 2500, exitCode: 4 }),
      stage.spec("stopped", { runsUntilStopped: true }),
    ];
    const worker = await startWorker(specs, 4);
    await killWorker(worker);
    await vi.waitFor(async () =>
      expect(await readdir(join(harness.root, "quick", "outcome"))).toEqual(["exit.3.0"]),
    );
    await stage.open();
    const [quick, slow, stopped] = await stage.executor.observe(ids);
    expect(quick).toMatchObject({ phase: "exited", cause: "exit", exitCode: 3 });
    expect(slow).toMatchObject({ phase: "running" });
    expect(stopped).toMatchObject({ phase: "running" });
    await stage.executor.stop("stopped", { graceMs: 5000, reason: "cancelled" });
    expect(await stage.ended("stopped")).toMatchObject({ cause: "cancelled", signal: "SIGTERM" });
    expect(await stage.ended("slow")).toMatchObject({ cause: "exit", exitCode: 4 });
    expect(await Promise.all(["quick", "slow"].map((id) => stage.log(id)))).toEqual(["q", "s"]);
  });

  test.each([1, 15, 40])(
    "in the middle of 50 starts, after %i: none is lost or runs twice",
    async (count) => {
      const ids = Array.from({ length: 50 }, (_, index) => `job-${index}`);
      const worker = await startWorker(
        ids.map((id) => stage.spec(id, { stdout: "ran\n", runsMs: 500 })),
        count,
      );
      await killWorker(worker);
      await stage.open();
      const first = await stage.executor.observe(ids);
      const absent = first
        .filter((status) => status.phase === "absent")
        .map((each) => each.attemptId);
      expect(first.filter((status) => status.phase === "starting")).toEqual([]);
      expect(ids.length - absent.length).toBeGreaterThanOrEqual(count);
      const told = await Promise.all(
        ids.map(async (id) => {
          const status = absent.includes(id) ? await stage.status(id) : await stage.ended(id);
          return `${status.cause ?? status.phase}: ${await stage.log(id)}`;
        }),
      );
      // Lost is one whose worker died between the claim and its word to the shim: it never ran.
      const allowed = ["exit: ran\n", "absent: ", "lost: "];
      expect(told.filter((each) => !allowed.includes(each))).toEqual([]);
      expect(told.filter((each) => each === "absent: ")).toHaveLength(absent.length);
    },
  );
});

describe("kill -9 of the shim", { timeout: 30_000 }, () => {
  const command = { argv: ["sh", "-c", "echo $$; trap '' TERM; while :; do sleep 1; done"] };

  test("the attempt is lost at once, and its command does not outlive it", async () => {
    await stage.open();
    await stage.start("a1", {}, command);
    await expect.poll(() => stage.log("a1")).toMatch(/\d+\n/);
    const commandPid = Number(await stage.log("a1"));
    process.kill((await stage.status("a1")).pid!, "SIGKILL");
    const status = await stage.ended("a1", 3000);
    expect(status).toMatchObject({ cause: "lost" });
    expect(status.exitCode).toBeUndefined();
    expect(status.detail).toContain("killed");
    expect(await isAlive(commandPid)).toBe(false);
  });

  test("while no worker watched: the next one kills what is left before it says so", async () => {
    await stage.open();
    await stage.start("a1", {}, command);
    await expect.poll(() => stage.log("a1")).toMatch(/\d+\n/);
    const commandPid = Number(await stage.log("a1"));
    const { pid } = await stage.status("a1");
    stage.close();
    process.kill(pid!, "SIGKILL");
    await stage.open();
    const status = await stage.ended("a1");
    expect(status).toMatchObject({ cause: "lost" });
    expect(await isAlive(commandPid)).toBe(false);
    expect(stage.changes).toEqual(["a1"]);
  });
});

describe("identities that are not what they were", { timeout: 30_000 }, () => {
  async function claimAs(attemptId: string, identity: string): Promise<void> {
    const claim = join(harness.root, attemptId, "claim");
    const [name = ""] = await readdir(claim);
    await rename(join(claim, name), join(claim, identity));
  }

  async function startStranger(script: string): Promise<number[]> {
    const stranger = spawn("sh", ["-c", script], {
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    strangers.push(stranger);
    const pids = await new Promise<string>((resolve) =>
      stranger.stdout.once("data", (data) => resolve(String(data))),
    );
    return [stranger.pid ?? 0, ...pids.trim().split(/\s+/).map(Number)];
  }

  async function leaveUnwatched(attemptId: string): Promise<void> {
    await stage.open();
    await stage.start(attemptId, { runsUntilStopped: true });
    const { pid } = await stage.status(attemptId);
    stage.close();
    sendSignal(-(pid ?? 0), "SIGKILL");
  }

  test("a pid that another process has now is neither watched nor killed", async () => {
    const [leader = 0, child = 0] = await startStranger("sleep 600 & echo $!; wait");
    await leaveUnwatched("a1");
    await claimAs("a1", `running.${leader}.1`);
    await stage.open();
    expect(await stage.ended("a1")).toMatchObject({ cause: "lost" });
    expect([await isAlive(leader), await isAlive(child)]).toEqual([true, true]);
  });

  test("nor is a group of that number whose leader is gone", async () => {
    const [leader = 0, child = 0] = await startStranger("sleep 600 & echo $!");
    await expect.poll(() => isAlive(leader)).toBe(false);
    await leaveUnwatched("a1");
    await claimAs("a1", `running.${leader}.1`);
    await stage.open();
    expect(await stage.ended("a1")).toMatchObject({ cause: "lost" });
    expect(await isAlive(child)).toBe(true);
  });

  test("an attempt of an earlier boot is lost, whoever has its pid", async () => {
    await stage.open();
    await stage.start("a1", { runsUntilStopped: true });
    const { pid = 0 } = await stage.status("a1");
    stage.close();
    const path = join(harness.root, "a1", "attempt.json");
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace(readBootId(), "another-boot"));
    await stage.open();
    const status = await stage.ended("a1");
    expect(status).toMatchObject({
      cause: "lost",
      detail: "lost: the machine restarted while it ran",
    });
    expect(await isAlive(pid)).toBe(true);
    sendSignal(-pid, "SIGKILL");
  });
});

describe("the claim", { timeout: 30_000 }, () => {
  test("of an attempt that nobody claimed goes to whoever observes it; a late shim runs nothing", async () => {
    await stage.open();
    const files = new AttemptFiles(harness.root);
    const spec = stage.spec("a1", { stdout: "ran" });
    const record = { attemptId: "a1", command: "sh", limits: spec.limits, gpuIndexes: [] };
    await files.create({ ...record, bootId: readBootId(), oomKills: 0 });
    expect(await stage.status("a1")).toMatchObject({ phase: "absent" });
    const place = {
      directory: files.directoryOf("a1"),
      stdoutPath: files.logPath("a1", "stdout"),
      stderrPath: files.logPath("a1", "stderr"),
      toolPath: "/usr/bin:/bin",
    };
    const late = await spawnShim(spec, place, (shim) => files.claim("a1", shim));
    expect(late).toBeUndefined();
    await expect(stage.executor.start(spec)).rejects.toMatchObject({ code: "conflict" });
    expect(await stage.log("a1")).toBe("");
  });

  test("is decided once between a start and another worker's observe", async () => {
    await stage.open();
    const other = await harness.open(() => undefined);
    const told: string[] = [];
    for (let round = 0; round < 40; round += 1) {
      const id = `race-${round}`;
      const start = () =>
        stage.start(id, { stdout: "ran" }).then(
          () => "started",
          (error: { code: string }) => error.code,
        );
      const observe = async () => (await other.executor.observe([id]))[0]?.phase;
      const pause = () => new Promise((resolve) => setTimeout(resolve, round / 4));
      const startsFirst = round % 2 === 0;
      const starting = startsFirst ? start() : pause().then(start);
      const phase = await (startsFirst ? pause().then(observe) : observe());
      const result = await starting;
      if (result === "started") await stage.ended(id);
      told.push(`${phase === "absent" ? "absent" : "there"}, ${result}: ${await stage.log(id)}`);
    }
    other.close();
    expect(new Set(told)).toEqual(new Set(["there, started: ran", "absent, conflict: "]));
  });
});
