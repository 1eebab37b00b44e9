import { setTimeout as delay } from "node:timers/promises";
import { CliError } from "./cli-error.ts";

const PATIENCE_MS = 90_000;

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Asks a platform to stop and waits until it has. */
export async function stopPlatform(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGTERM");
  const deadline = Date.now() + PATIENCE_MS;
  while (isAlive(pid)) {
    if (Date.now() > deadline) throw new CliError(`The platform (process ${pid}) does not stop`);
    await delay(100);
  }
}
