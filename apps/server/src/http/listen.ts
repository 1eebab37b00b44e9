import { PlatformError } from "@tessera/contracts/errors";
import type { FastifyInstance } from "fastify";

interface Place {
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

/** Begins to take requests. @throws PlatformError failed_precondition, in words, when it cannot. */
export async function listen(app: FastifyInstance, place: Place): Promise<void> {
  try {
    await app.listen({ ...place });
  } catch (cause) {
    const explain = words[(cause as NodeJS.ErrnoException).code ?? ""];
    if (explain === undefined) throw cause;
    throw new PlatformError("failed_precondition", explain(place), { cause });
  }
}
