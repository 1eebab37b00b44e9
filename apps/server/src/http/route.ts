import type {
  Endpoint,
  EndpointBody,
  EndpointParams,
  EndpointQuery,
  EndpointResponse,
} from "@tessera/contracts/endpoint";
import type { Context } from "@tessera/usecases/platform/platform";
import type { FastifyReply, FastifyRequest } from "fastify";

/** What a handler gets: parsed input, and the raw request for those that stream. */
export interface Call<E extends Endpoint> {
  readonly params: EndpointParams<E>;
  readonly query: EndpointQuery<E>;
  readonly body: EndpointBody<E>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Answer<E extends Endpoint> = E["responseWire"] extends "stream" | "events"
  ? void
  : EndpointResponse<E> extends undefined
    ? void
    : EndpointResponse<E>;

type Handler<E extends Endpoint> = (ctx: Context, call: Call<E>) => Promise<Answer<E>>;

/** An endpoint with what answers it. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly handle: (ctx: Context, call: Call<Endpoint>) => Promise<unknown>;
}

/**
 * Binds an endpoint of the contracts to its handler. A handler of a stream writes to
 * `call.reply` itself.
 */
export function route<E extends Endpoint>(endpoint: E, handle: Handler<E>): Route {
  return { endpoint, handle: handle as Route["handle"] };
}
