import { PlatformError } from "@tessera/contracts/errors";
import { HOME_IN_USE } from "@tessera/contracts/exit-code";
import { outliveOutput } from "@tessera/kit/run-service";
import { readUpEnv } from "./env.ts";
import { type RunningPlatformProcesses, runPlatform } from "./supervisor/run-platform.ts";

const json = process.argv.includes("--json");
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function say(message: string): void {
  if (!json) process.stdout.write(`${message}\n`);
}

function tell(event: Record<string, unknown>): void {
  if (json) process.stdout.write(`${JSON.stringify(event)}\n`);
}

function complain(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  if (json) tell({ type: "error", message });
  else process.stderr.write(`${message}\n`);
}

class HomeInUse extends Error {}

function fail(error: unknown): never {
  complain(error);
  process.exit(error instanceof HomeInUse ? HOME_IN_USE : 1);
}

/** A refusal to start twice, in words that say what to do. */
function explain(error: unknown, home: string): unknown {
  if (!(error instanceof PlatformError) || error.code !== "failed_precondition") return error;
  const pid = error.details?.["pid"];
  if (typeof pid !== "number") return error;
  return new HomeInUse(
    `Tessera runs on ${home} already (process ${pid}). Stop that one first, or choose another home with TESSERA_HOME.`,
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

async function main(): Promise<void> {
  const startedAt = Date.now();
  const env = readUpEnv();
  const home = env.TESSERA_HOME;
  const starting = new AbortController();
  let running: RunningPlatformProcesses | undefined;
  let code = 0;
  const stop = (): void => {
    starting.abort();
    if (running === undefined) return;
    running.stop().then(() => process.exit(code), fail);
  };
  for (const signal of signals) {
    process.once(signal, () => {
      say("\nStopping: jobs first, then the rest …");
      stop();
    });
    // A second Ctrl-C must not cut short what the first one began.
    process.on(signal, () => undefined);
  }
  const giveUp = (error: Error): void => {
    complain(error);
    code = 1;
    stop();
  };
  try {
    running = await runPlatform({
      home,
      databaseUrl: env.DATABASE_URL,
      place: { host: env.HOST, port: env.PORT },
      env: env.all,
      signal: starting.signal,
      onNotice: say,
      onGivenUp: giveUp,
    });
  } catch (error) {
    if (starting.signal.aborted) process.exit(code);
    fail(explain(error, home));
  }
  if (starting.signal.aborted) stop();
  else announce(running, startedAt);
}

outliveOutput();
await main().catch(fail);
