import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PlatformError } from "@tessera/contracts/errors";
import { isPostgresIn, postgresProcessesIn, startTimeOf } from "./process-identity.ts";

export type PostgresSignal = "SIGINT" | "SIGQUIT" | "SIGKILL";

/**
 * Clears away what an earlier start left in a data folder that this process holds: a server that
 * outlived its supervisor is stopped in order, server processes that outlived their server are
 * ended, and a pid file that names some unrelated process is removed.
 *
 * @returns what was stopped, in words; undefined when there was nothing.
 */
export async function stopPreviousPostmaster(dataFolder: string): Promise<string | undefined> {
  const pidFile = path.join(dataFolder, "postmaster.pid");
  const pid = pidInFile(pidFile);
  let stopped: string | undefined;
  if (pid !== undefined && isPostgresIn(pid, dataFolder)) {
    await endProcess(pid, dataFolder, ["SIGINT", "SIGQUIT"]);
    stopped = `the PostgreSQL server ${pid} that an earlier start left running`;
  } else if (pid !== undefined && startTimeOf(pid) !== undefined) {
    // PostgreSQL would take the process that now has this number for a running server.
    rmSync(pidFile, { force: true });
  }
  const leftovers = postgresProcessesIn(dataFolder);
  await Promise.all(
    leftovers.map((leftover) => endProcess(leftover, dataFolder, ["SIGQUIT", "SIGKILL"])),
  );
  if (leftovers.length > 0) stopped ??= "PostgreSQL processes that outlived their server";
  return stopped;
}

/** The process that the pid file names; undefined when there is no such file. */
export function pidInFile(pidFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, "utf8"), 10);
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Tries each signal in turn, giving the process time to end; each time only if it is still ours. */
async function endProcess(
  pid: number,
  dataFolder: string,
  signals: PostgresSignal[],
): Promise<void> {
  for (const signal of signals) {
    if (!isPostgresIn(pid, dataFolder)) return;
    signalProcess(pid, signal);
    const patience = signal === "SIGINT" ? 60_000 : 10_000;
    for (const deadline = Date.now() + patience; Date.now() < deadline;) {
      if (!isPostgresIn(pid, dataFolder)) return;
      await delay(20);
    }
  }
  throw new PlatformError(
    "unavailable",
    `PostgreSQL process ${pid} still works in ${dataFolder} and does not end`,
  );
}

function signalProcess(pid: number, signal: PostgresSignal): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
