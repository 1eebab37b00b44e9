import type { z } from "zod";
import type { Action } from "./action.ts";
import type { ErrorCode } from "./errors.ts";

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** How an answer or a body travels when it is not JSON. */
export type Wire = "json" | "stream" | "events";

/** One endpoint of the REST API, written once: routes, client, OpenAPI and role tests read it. */
export interface Endpoint {
  readonly id: string;
  readonly method: HttpMethod;
  /** Path with `{name}` parameters, starting with `/api/v1`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** What the caller must be allowed to do; "public" needs no one, "signed-in" any account. */
  readonly action: Action | "public" | "signed-in";
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Bodies that are not JSON are streamed to the use case as they come. */
  readonly bodyWire?: Wire;
  readonly status: 200 | 201 | 202 | 204;
  readonly response?: z.ZodType;
  readonly responseWire?: Wire;
  /** Error codes beyond invalid_argument, unauthenticated, permission_denied and not_found. */
  readonly errors?: readonly ErrorCode[];
}

/** Declares an endpoint, keeping the exact types of its parts. */
export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint;
}

type Input<T> = T extends z.ZodType ? z.input<T> : undefined;
type Output<T> = T extends z.ZodType ? z.output<T> : undefined;

export type EndpointParams<E extends Endpoint> = Output<E["params"]>;
export type EndpointQuery<E extends Endpoint> = Output<E["query"]>;
export type EndpointQueryInput<E extends Endpoint> = Input<E["query"]>;
export type EndpointBody<E extends Endpoint> = Output<E["body"]>;
export type EndpointBodyInput<E extends Endpoint> = Input<E["body"]>;
export type EndpointResponse<E extends Endpoint> = Output<E["response"]>;
