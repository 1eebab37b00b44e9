import { join } from "node:path";
import { openBlobStore } from "@tessera/blobs/open-blob-store";
import { createLogger, type Logger } from "@tessera/kit/logger";
import { runService } from "@tessera/kit/run-service";
import { createPlatform } from "@tessera/usecases/platform/create-platform";
import { type Environment, hostEnvironment, readEnvironment } from "./env.ts";
import { type RunningWorker, startWorker } from "./start-worker.ts";

const stopPatienceMs = 30_000;

function environmentOrExit(): Environment {
  try {
    return readEnvironment();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
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
    settings: {
      publicUrl: env.TESSERA_PUBLIC_URL,
      maxSnapshotBytes: env.TESSERA_MAX_SNAPSHOT_MB * 1024 * 1024,
    },
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

const env = environmentOrExit();
const log = createLogger("worker", env.LOG_LEVEL);
await runService({
  log,
  patienceMs: stopPatienceMs,
  start: async () => {
    const worker = await start(env, log);
    return { ready: {}, stop: () => worker.stop() };
  },
});
