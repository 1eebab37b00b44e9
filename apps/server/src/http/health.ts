import { PlatformError } from "@tessera/contracts/errors";
import type { RunningPlatform } from "@tessera/usecases/platform/create-platform";
import type { FastifyInstance } from "fastify";

const patienceMs = 3000;

/** `/healthz`: this process answers. `/readyz`: what it stands on answers too. */
export function registerHealth(
  app: FastifyInstance,
  { checkReady }: Pick<RunningPlatform, "checkReady">,
): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (request, reply) => {
    try {
      await inTime(checkReady());
      return { status: "ready" };
    } catch (error) {
      request.log.warn({ err: error }, "Not ready");
      const detail =
        error instanceof PlatformError ? error.message : "The database does not answer";
      return reply.code(503).header("retry-after", "2").send({ status: "not ready", detail });
    }
  });
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const words = "The database or the queue does not answer in time";
    timer = setTimeout(() => reject(new PlatformError("unavailable", words)), patienceMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
