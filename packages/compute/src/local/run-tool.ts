import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { PlatformError } from "@tessera/contracts/errors";

export interface ToolRun {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onLog: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
  /** Told the id of the tool's process group once it runs. */
  readonly onStart?: ((group: number) => Promise<void>) | undefined;
}

export interface ToolEnd {
  readonly exitCode: number;
  /** The last lines that it printed. */
  readonly log: string;
}

/**
 * Runs a tool that must not outlive this process: a watcher reads a pipe that only this process
 * holds open, and kills the whole group when it ends, be it by kill -9.
 */
const leash = `
exec 3<&0 </dev/null
(read -r _ <&3; kill -KILL -$$) &
"$@" 3<&-
status=$?
kill -KILL $!
exit $status
`;

const keptLines = 400;
const longestLine = 4000;

/** Runs a tool to its end. Rejects with `cancelled` when the signal ended it. */
export async function runTool(run: ToolRun): Promise<ToolEnd> {
  run.signal?.throwIfAborted();
  const lines: string[] = [];
  const take = (line: string) => {
    const text = stripVTControlCharacters(line).slice(0, longestLine);
    lines.push(text);
    if (lines.length > keptLines) lines.shift();
    run.onLog(text);
  };
  const child = spawn("/bin/sh", ["-c", leash, "tessera-tool", ...run.argv], {
    cwd: run.cwd,
    env: { ...run.env },
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const release = () => child.stdin.destroy();
  child.stdin.on("error", () => undefined);
  run.signal?.addEventListener("abort", release, { once: true });
  try {
    const exited = new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => resolve(code ?? 137));
    });
    if (child.pid !== undefined) await run.onStart?.(child.pid);
    await Promise.all([readLines(child.stdout, take), readLines(child.stderr, take), exited]);
    if (run.signal?.aborted) throw new PlatformError("cancelled", "The build was cancelled.");
    return { exitCode: await exited, log: lines.join("\n") };
  } finally {
    release();
    run.signal?.removeEventListener("abort", release);
  }
}

async function readLines(stream: Readable, take: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) take(line);
}
