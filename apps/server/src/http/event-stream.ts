import { once } from "node:events";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ContextOf } from "./authenticate.ts";

/** A reader that takes nothing for this long is let go; it can come back and resume. */
const stalledMs = 30_000;

export interface ServerSentEvent {
  readonly id?: string;
  readonly event?: string;
  /** Sent as JSON. Without it, only the position (`id`) is told. */
  readonly data?: unknown;
}

interface EventStream {
  readonly signal: AbortSignal;
  /** Resolves when the reader is ready for more. */
  send(event: ServerSentEvent): Promise<void>;
  end(): void;
}

export interface StreamOptions {
  readonly contextOf: ContextOf;
  /** How often a stream shows that it lives, and asks again who reads it. */
  readonly heartbeatMs: number;
}

/** Makes streams end before the server waits for its connections. */
export function enableEventStreams(app: FastifyInstance, options: StreamOptions): void {
  app.decorate("eventStreams", new Set<AbortController>());
  app.decorate("streamOptions", options);
  app.addHook("preClose", async () => {
    for (const stream of app.eventStreams) stream.abort();
  });
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * Answers with server-sent events as they come, as slowly as the reader reads. The signal aborts
 * when the reader leaves, when we stop, or when the caller's credentials die.
 */
export async function answerWithEvents(
  exchange: Exchange,
  events: (signal: AbortSignal) => AsyncIterable<ServerSentEvent>,
): Promise<void> {
  const stream = openEventStream(exchange);
  try {
    for await (const event of events(stream.signal)) await stream.send(event);
  } catch (error) {
    // The status is sent already; a reader that comes back gets the reason as an answer.
    exchange.request.log.info({ err: error }, "A stream of events ended early");
  } finally {
    stream.end();
  }
}

/**
 * Starts a stream. Who is calling is asked again with every heartbeat, so that a stream does not
 * outlive the token or the session that opened it.
 */
function openEventStream({ request, reply }: Exchange): EventStream {
  const { eventStreams, streamOptions } = request.server;
  const ending = new AbortController();
  const { raw } = reply;
  reply.hijack();
  raw.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
    // Nothing follows on this connection, so that it never keeps a server that stops waiting.
    connection: "close",
    "x-content-type-options": "nosniff",
  });
  raw.write("retry: 2000\n\n");
  const heartbeat = setInterval(() => {
    raw.write(": still here\n\n");
    checkCaller(request).catch(() => ending.abort());
  }, streamOptions.heartbeatMs);
  eventStreams.add(ending);
  ending.signal.addEventListener("abort", () => {
    clearInterval(heartbeat);
    eventStreams.delete(ending);
    raw.end();
  });
  raw.on("close", () => ending.abort());
  if (raw.destroyed) ending.abort();
  return {
    signal: ending.signal,
    end: () => ending.abort(),
    send: async (event) => {
      if (ending.signal.aborted || raw.write(encode(event))) return;
      const late = AbortSignal.any([ending.signal, AbortSignal.timeout(stalledMs)]);
      await once(raw, "drain", { signal: late }).catch(() => ending.abort());
    },
  };
}

async function checkCaller(request: FastifyRequest): Promise<void> {
  const { actor } = await request.server.streamOptions.contextOf(request);
  if (actor.kind === "anonymous") throw new Error("The session ended");
}

function encode({ id, event, data }: ServerSentEvent): string {
  const lines = [
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...(data === undefined ? [] : [`data: ${JSON.stringify(data)}`]),
  ];
  return `${lines.join("\n")}\n\n`;
}

declare module "fastify" {
  interface FastifyInstance {
    eventStreams: Set<AbortController>;
    streamOptions: StreamOptions;
  }
}
