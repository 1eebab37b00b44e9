import { createServer } from "node:net";
import { PlatformError } from "@tessera/contracts/errors";
import type { FastifyInstance } from "fastify";

export interface Place {
  readonly host: string;
  readonly port: number;
}

const words: Record<string, (place: Place) => string> = {
  EADDRINUSE: ({ host, port }) =>
    `Another program answers at ${host}:${port} already; set PORT to a free port`,
  EACCES: ({ port }) => `Port ${port} may not be used by this user; set PORT to one above 1023`,
  EADDRNOTAVAIL: ({ host }) => `HOST is ${host}, which is no address of this machine`,
  ENOTFOUND: ({ host }) => `HOST is ${host}, which is no address of this machine`,
};

function inWords(cause: unknown, place: Place): unknown {
  const explain = words[(cause as NodeJS.ErrnoException).code ?? ""];
  if (explain === undefined) return cause;
  return new PlatformError("failed_precondition", explain(place), { cause });
}

/** Begins to take requests. @throws PlatformError failed_precondition, in words, when it cannot. */
export async function listen(app: FastifyInstance, place: Place): Promise<void> {
  try {
    await app.listen({ ...place });
  } catch (error) {
    throw inWords(error, place);
  }
}

/**
 * A port that can be listened on now: the one given, or any for 0; links name it before the server
 * listens.
 *
 * @throws PlatformError as `listen` does.
 */
export async function freePort({ host, port }: Place): Promise<number> {
  const probe = createServer();
  try {
    return await new Promise<number>((resolve, reject) => {
      probe.once("error", reject);
      probe.listen(port, host, () => {
        const address = probe.address();
        resolve(typeof address === "object" && address ? address.port : 0);
      });
    });
  } catch (error) {
    throw inWords(error, { host, port });
  } finally {
    probe.close();
  }
}
