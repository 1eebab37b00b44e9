import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLogger } from "@tessera/kit/logger";
import { runService } from "@tessera/kit/run-service";
import { type ServerEnv, readEnv } from "./env.ts";
import { startServer } from "./start-server.ts";

const stopPatienceMs = 20_000;

function envOrExit(): ServerEnv {
  try {
    return readEnv();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

const env = envOrExit();
const log = createLogger("server", env.LOG_LEVEL);
await runService({
  log,
  patienceMs: stopPatienceMs,
  start: async () => {
    const webFolder = join(fileURLToPath(import.meta.url), "../../../web");
    const server = await startServer({ env, log, webFolder });
    const { url, firstAdminLink } = server;
    return { ready: { url, firstAdminLink }, stop: () => server.stop() };
  },
});
