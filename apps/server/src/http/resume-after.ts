import type { FastifyRequest } from "fastify";

/** The number after the one that the client saw last, when it resumes a stream of numbered events. */
export function resumeAfter(request: FastifyRequest): number | undefined {
  const header = request.headers["last-event-id"];
  if (typeof header !== "string" || !/^\d{1,15}$/.test(header)) return undefined;
  return Number(header) + 1;
}
