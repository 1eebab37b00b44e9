import { homedir } from "node:os";
import { join } from "node:path";
import { PlatformError } from "@tessera/contracts/errors";
import { readUpEnv, type UpEnv } from "./env.ts";
import { type RunningPlatformProcesses, runPlatform } from "./supervisor/run-platform.ts";

const json = process.argv.includes("--json");

function say(message: string): void {
  if (!json) process.stdout.write(`${message}\n`);
}

function tell(event: Record<string, unknown>): void {
  if (json) process.stdout.write(`${JSON.stringify(event)}\n`);
}

function fail(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  if (json) tell({ type: "error", message });
  else process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** A refusal to start twice, in words that say what to do. */
function explain(error: unknown, home: string): unknown {
  if (!(error instanceof PlatformError) || error.code !== "failed_precondition") return error;
  const pid = error.details?.["pid"];
  if (pid === undefined) return error;
  return new Error(
    `Tessera runs on ${home} already (process ${String(pid)}). Stop that one first, or choose another home with TESSERA_HOME.`,
  );
}

function announce(platform: RunningPlatformProcesses, startedAt: number): void {
  const { url, firstAdminLink } = platform;
  tell({ type: "ready", url, firstAdminLink, pid: process.pid });
  say(`Tessera is ready at ${url} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (firstAdminLink !== null) {
    say(`\nSign in as the first administrator with this link; it works once:\n  ${firstAdminLink}`);
  }
  say("\nCtrl-C stops everything.");
}

function stopOnSignal(platform: RunningPlatformProcesses): void {
  let asked = false;
  const stop = (): void => {
    if (asked) return;
    asked = true;
    say("\nStopping: jobs first, then the rest …");
    platform.stop().then(() => process.exit(0), fail);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
}

async function main(): Promise<void> {
  const startedAt = Date.now();
  const env: UpEnv = readUpEnv();
  const home = env.TESSERA_HOME ?? join(homedir(), ".tessera");
  let running: RunningPlatformProcesses | undefined;
  const giveUp = (error: Error): void => {
    process.stderr.write(`${error.message}\n`);
    void (running?.stop() ?? Promise.resolve()).finally(() => process.exit(1));
  };
  // A signal that comes during the start ends what was started, since each child ends with us.
  const early = () => process.exit(1);
  process.once("SIGINT", early).once("SIGTERM", early);
  try {
    running = await runPlatform({
      home,
      databaseUrl: env.DATABASE_URL,
      env: env.all,
      onNotice: say,
      onGivenUp: giveUp,
    });
  } catch (error) {
    fail(explain(error, home));
  }
  process.off("SIGINT", early).off("SIGTERM", early);
  stopOnSignal(running);
  announce(running, startedAt);
}

await main();
