import { join } from "node:path";
import { openBlobStore } from "@tessera/blobs/open-blob-store";
import { createLogger, type Logger } from "@tessera/kit/logger";
import { createPlatform } from "@tessera/usecases/platform/create-platform";
import { type Environment, hostEnvironment, readEnvironment } from "./env.ts";
import { type RunningWorker, startWorker } from "./start-worker.ts";

const stopPatienceMs = 30_000;

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function environmentOrExit(): Environment {
  try {
    return readEnvironment();
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

async function start(env: Environment, log: Logger): Promise<RunningWorker> {
  const platform = await createPlatform({
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    blobs: await openBlobStore({ folder: join(env.TESSERA_HOME, "blobs"), env }),
    log,
    applicationName: "tessera-worker",
    poolSize: 8,
    settings: { publicUrl: env.TESSERA_PUBLIC_URL },
  });
  try {
    const worker = await startWorker({
      platform,
      home: env.TESSERA_HOME,
      nodeName: env.NODE_NAME,
      hostEnv: hostEnvironment(),
      log,
    });
    return {
      stop: async () => {
        await worker.stop();
        await platform.stop();
      },
    };
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

/** Stops in order when asked to, or when the process that started us is gone. */
function stopOnSignal(worker: RunningWorker, log: Logger): void {
  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, "Stopping");
    setTimeout(() => process.exit(1), stopPatienceMs).unref();
    worker.stop().then(
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

const env = environmentOrExit();
const log = createLogger("worker", env.LOG_LEVEL);
try {
  const worker = await start(env, log);
  stopOnSignal(worker, log);
  process.stdout.write(`${JSON.stringify({ type: "ready" })}\n`);
  process.send?.({ type: "ready" });
} catch (error) {
  log.fatal({ err: error }, "The worker cannot start");
  fail(error instanceof Error ? error.message : String(error));
}
