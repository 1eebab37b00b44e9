import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLogger, type Logger } from "@tessera/kit/logger";
import { type ServerEnv, readEnv } from "./env.ts";
import { type RunningServer, startServer } from "./start-server.ts";

/** What the process that started us is told once requests are answered. */
interface Ready {
  readonly type: "ready";
  readonly url: string;
  readonly firstAdminLink: string | null;
}

const stopPatienceMs = 20_000;

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function envOrExit(): ServerEnv {
  try {
    return readEnv();
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function announce(server: RunningServer): void {
  const ready: Ready = {
    type: "ready",
    url: server.url,
    firstAdminLink: server.firstAdminLink,
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  process.send?.(ready);
}

/** Stops in order when asked to, or when the process that started us is gone. */
function stopOnSignal(server: RunningServer, log: Logger): void {
  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, "Stopping");
    setTimeout(() => process.exit(1), stopPatienceMs).unref();
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "Did not stop in order");
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stop(signal));
  if (process.send) process.on("disconnect", () => stop("the supervisor is gone"));
}

const env = envOrExit();
const log = createLogger("server", env.LOG_LEVEL);
const webFolder = join(fileURLToPath(import.meta.url), "../../../web");
try {
  const server = await startServer({ env, log, webFolder });
  stopOnSignal(server, log);
  announce(server);
} catch (error) {
  log.fatal({ err: error }, "The server cannot start");
  fail(error instanceof Error ? error.message : String(error));
}
