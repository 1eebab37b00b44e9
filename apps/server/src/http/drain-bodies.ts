import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";

/** How long a caller may go on sending what nobody reads. */
const patienceMs = 60_000;

/**
 * Lets a caller whose request is refused half-way send the rest of it, unread. Most clients look
 * at the answer only after that: one who left it in the socket would make them wait for ever, and
 * one who closed the connection would make them see a broken pipe instead of the reason.
 */
export function drainBodies(app: FastifyInstance): void {
  app.addHook("onSend", async ({ raw }, reply) => {
    if (raw.complete || raw.destroyed || raw.headers.upgrade !== undefined) return;
    reply.removeHeader("connection");
    drain(raw);
  });
}

function drain(raw: IncomingMessage): void {
  const { socket } = raw;
  const late = setTimeout(() => socket.destroy(), patienceMs).unref();
  raw.once("close", () => clearTimeout(late));
  raw.once("error", () => clearTimeout(late));
  // Whoever read it before has given up, and would hold the stream back.
  raw.removeAllListeners("readable");
  raw.removeAllListeners("data");
  setImmediate(() => raw.resume());
}
