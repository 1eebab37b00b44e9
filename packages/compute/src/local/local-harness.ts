import { chmod, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@tessera/kit/logger";
import { vi } from "vitest";
import type { Executor, OnChange } from "../executor.ts";
import type { Behaviour } from "../testing/behaviour.ts";
import type { ExecutorHarness } from "../testing/executor-harness.ts";
import { createLocalExecutor } from "./local-executor.ts";
import { readProcess } from "./process-table.ts";

export interface LocalHarness extends ExecutorHarness {
  /** The executor's root. */
  readonly root: string;
  /** A folder that comes first on the worker's PATH. */
  readonly binaries: string;
}

// An executable on PATH, as NVIDIA's is: an external program, played by a script.
const nvidiaSmi = `#!/bin/sh
case "$1" in
  --query-gpu=index,uuid,name,memory.total)
    echo '0, GPU-6f1c, NVIDIA H100 80GB HBM3, 81559'
    echo '1, GPU-93ab, NVIDIA H100 80GB HBM3, 81559' ;;
  --query-gpu=index,utilization.gpu,memory.used)
    echo '0, 0, 4'
    echo '1, 87, 40000' ;;
  *) exit 6 ;;
esac
`;

/** A fresh root, with a machine that seems to have two GPUs. */
export async function createLocalHarness(): Promise<LocalHarness> {
  const folder = await mkdtemp(join(tmpdir(), "tessera-compute-"));
  const root = join(folder, "attempts");
  const binaries = await mkdtemp(join(folder, "bin-"));
  await writeExecutable(join(binaries, "nvidia-smi"), nvidiaSmi);
  const open = (onChange: OnChange) => openLocal({ root, binaries, onChange });
  return {
    root,
    binaries,
    workingDirectory: folder,
    commandFor: (behaviour) => ["sh", "-c", scriptOf(behaviour)],
    open,
    async dispose() {
      const { executor, close } = await open(() => undefined);
      await endAll(executor, root);
      close();
      // A blank directory may be in the making.
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Whether a process runs; one that was killed but not reaped does not. */
export async function isAlive(pid: number): Promise<boolean> {
  return (await readProcess(pid))?.zombie === false;
}

export async function writeExecutable(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  await chmod(path, 0o755);
}

async function openLocal(place: { root: string; binaries: string; onChange: OnChange }) {
  const closing = new AbortController();
  const executor = await createLocalExecutor({
    root: place.root,
    env: { PATH: `${place.binaries}:/usr/bin:/bin` },
    onChange: place.onChange,
    log: createLogger("compute-test", "error"),
    signal: closing.signal,
  });
  return { executor, close: () => closing.abort() };
}

async function endAll(executor: Executor, root: string): Promise<void> {
  const ids = (await readdir(root)).filter((name) => !name.startsWith("."));
  for (const id of ids) await executor.stop(id, { graceMs: 0, reason: "cancelled" });
  await vi.waitFor(
    async () => {
      const running = (await executor.observe(ids)).filter((status) => status.phase === "running");
      if (running.length > 0) throw new Error(`${running.length} attempts do not end`);
    },
    { timeout: 15_000 },
  );
}

function scriptOf(behaviour: Behaviour): string {
  const lines: string[] = [];
  if (behaviour.ignoresTerm) lines.push("trap '' TERM");
  if (behaviour.stdout) lines.push(`printf %s ${quoted(behaviour.stdout)}`);
  if (behaviour.stderr) lines.push(`printf %s ${quoted(behaviour.stderr)} >&2`);
  if (behaviour.printsEnvironment) lines.push("env");
  // tail keeps all of it, and cannot hand it on to sleep, which does not read.
  const bytes = behaviour.usesBytes;
  if (bytes) lines.push(`head -c ${bytes} /dev/zero | tail -c ${bytes} | sleep 600`);
  if (behaviour.runsMs) lines.push(`sleep ${behaviour.runsMs / 1000}`);
  if (behaviour.runsUntilStopped) lines.push("sleep 600");
  if (behaviour.endsBySignal) lines.push(`kill -${behaviour.endsBySignal.slice(3)} $$`);
  lines.push(`exit ${behaviour.exitCode ?? 0}`);
  return lines.join("\n");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
