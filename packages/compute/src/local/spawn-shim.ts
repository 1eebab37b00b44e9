import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { Duplex } from "node:stream";
import type { AttemptSpec } from "../executor.ts";
import { attemptShim } from "./attempt-shim.ts";
import { defaultPath } from "./check-command.ts";
import { readProcess } from "./process-table.ts";
import { markerVariable } from "./process-tree.ts";

export interface ShimPlace {
  readonly directory: string;
  readonly stdoutPath: string;
  readonly stderrPath: string;
  /** PATH on which the shim finds mv, whatever the attempt's own is. */
  readonly toolPath: string;
}

/** Takes the attempt's claim for a shim; false when somebody else has it. */
export type TakeClaim = (shim: { pid: number; start: string }) => Promise<boolean>;

/**
 * Starts the shim in a session of its own, its output going straight to the log files, and lets it
 * run the command if it gets the claim. Resolves when the command is about to be executed, with the
 * shim's exit code to come (null after a signal); undefined without the claim. Rejects with the
 * system's error when the shim cannot start.
 */
export async function spawnShim(
  spec: AttemptSpec,
  place: ShimPlace,
  takeClaim: TakeClaim,
): Promise<{ exited: Promise<number | null> } | undefined> {
  const child = spawnWithLogs(spec, place);
  const exited = new Promise<number | null>((resolve) =>
    child.once("exit", (code) => resolve(code)),
  );
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  failed.catch(() => undefined);
  const line = child.stdio[3] as Duplex;
  // A shim that is killed resets the line; its exit tells all there is to tell.
  line.on("error", () => undefined);
  try {
    const { pid } = child;
    const entry = pid === undefined ? await failed : await readProcess(pid);
    if (!entry || !(await takeClaim(entry))) return undefined;
    const started = new Promise((resolve) => line.once("data", resolve));
    line.write("go\n");
    await Promise.race([started, exited]);
    return { exited };
  } finally {
    line.destroy();
    child.unref();
  }
}

function spawnWithLogs(spec: AttemptSpec, place: ShimPlace): ChildProcess {
  const stdout = openSync(place.stdoutPath, "a", 0o600);
  const stderr = openSync(place.stderrPath, "a", 0o600);
  try {
    const args = [
      "-c",
      attemptShim,
      "tessera-attempt",
      place.directory,
      place.toolPath,
      ...spec.argv,
    ];
    return spawn("/bin/sh", args, {
      cwd: spec.workingDirectory,
      env: environmentOf(spec, place.directory),
      detached: true,
      stdio: ["ignore", stdout, stderr, "pipe"],
    });
  } finally {
    closeSync(stdout);
    closeSync(stderr);
  }
}

function environmentOf(spec: AttemptSpec, directory: string): Record<string, string> {
  const { cpus } = spec.limits;
  return {
    PATH: defaultPath,
    // Thread pools otherwise take the whole machine, and many attempts at once thrash.
    ...(cpus === undefined ? {} : { OMP_NUM_THREADS: String(Math.max(1, Math.floor(cpus))) }),
    ...spec.env,
    [markerVariable]: directory,
    // nvidia-smi numbers GPUs by PCI order, CUDA by speed unless told so.
    ...(spec.gpuIndexes.length > 0 ? { CUDA_DEVICE_ORDER: "PCI_BUS_ID" } : {}),
    CUDA_VISIBLE_DEVICES: spec.gpuIndexes.join(","),
  };
}
