import type { RunningPlatform } from "@tessera/usecases/platform/create-platform";
import type { FastifyInstance } from "fastify";

const patienceMs = 3000;

/** `/healthz`: this process answers. `/readyz`: what it stands on answers too. */
export function registerHealth(app: FastifyInstance, platform: RunningPlatform): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (request, reply) => {
    try {
      await Promise.race([platform.checkReady(), tooLate()]);
      return { status: "ready" };
    } catch (error) {
      request.log.warn({ err: error }, "Not ready");
      const detail = error instanceof Error ? error.message : "unknown";
      return reply.code(503).header("retry-after", "2").send({ status: "not ready", detail });
    }
  });
}

function tooLate(): Promise<never> {
  return new Promise((_resolve, reject) => {
    const fail = (): void => reject(new Error("The database or the queue does not answer"));
    setTimeout(fail, patienceMs).unref();
  });
}
