import type {
  Endpoint,
  EndpointBodyInput,
  EndpointParams,
  EndpointQueryInput,
  EndpointResponse,
} from "@tessera/contracts/endpoint";
import { Problem } from "@tessera/contracts/errors";
import { ApiError, UnreachableError } from "./api-error.ts";

export interface ClientOptions {
  /** Origin of the platform; empty for the page's own. */
  readonly baseUrl: string;
  /** Personal access token; without it, the browser's session counts. */
  readonly token?: string;
  readonly fetch?: typeof fetch;
}

interface Common {
  readonly signal?: AbortSignal;
  readonly headers?: Record<string, string>;
}

type Part<Name extends string, T> = [T] extends [undefined]
  ? { readonly [K in Name]?: undefined }
  : Record<string, never> extends T
    ? { readonly [K in Name]?: T }
    : { readonly [K in Name]: T };

/** What a call of this endpoint takes. */
export type CallInput<E extends Endpoint> = Common &
  Part<"params", EndpointParams<E>> &
  Part<"query", EndpointQueryInput<E>> &
  (E["bodyWire"] extends "stream"
    ? { readonly body: BodyInit }
    : Part<"body", EndpointBodyInput<E>>) & {
    /** Repeating a create with the same key gives the first answer again. */
    readonly idempotencyKey?: string;
  };

interface AnyInput extends Common {
  readonly params?: Record<string, unknown> | undefined;
  readonly query?: Record<string, unknown> | undefined;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

export interface Client {
  /** Calls an endpoint and gives its parsed JSON; throws ApiError or UnreachableError. */
  call<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<EndpointResponse<E>>;
  /** Calls an endpoint whose answer is a stream, and gives the response unread. */
  open<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<Response>;
  /** The address that a call would go to, for links and EventSource. */
  urlOf<E extends Endpoint>(
    endpoint: E,
    input: Pick<CallInput<E>, "params" | "query"> & Common,
  ): string;
}

function pathOf(endpoint: Endpoint, params: Record<string, unknown> = {}): string {
  return endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
}

function queryOf(query: Record<string, unknown> = {}): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  if (pairs.length === 0) return "";
  return `?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString()}`;
}

function requestOf(endpoint: Endpoint, input: AnyInput, token: string | undefined): RequestInit {
  const headers: Record<string, string> = { accept: "application/json", ...input.headers };
  if (token !== undefined) headers["authorization"] = `Bearer ${token}`;
  if (input.idempotencyKey !== undefined) headers["idempotency-key"] = input.idempotencyKey;
  const init: RequestInit & { duplex?: "half" } = { method: endpoint.method, headers };
  if (input.signal) init.signal = input.signal;
  if (endpoint.bodyWire === "stream") {
    headers["content-type"] ??= "application/octet-stream";
    init.body = input.body as BodyInit;
    init.duplex = "half";
  } else if (endpoint.body !== undefined) {
    headers["content-type"] = "application/json";
    init.body = JSON.stringify(input.body ?? {});
  }
  return init;
}

async function failureOf(response: Response, address: string): Promise<Error> {
  const text = await response.text();
  const parsed = Problem.safeParse(parseJson(text));
  if (parsed.success) return new ApiError(parsed.data);
  return new UnreachableError(
    address,
    `${address} answered ${response.status}, and not as a Tessera platform does`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A typed client of the REST API, for the browser and for Node. */
export function createClient(options: ClientOptions): Client {
  const base = options.baseUrl.replace(/\/+$/, "");
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);

  const urlOf = (endpoint: Endpoint, input: AnyInput): string =>
    `${base}${pathOf(endpoint, input.params)}${queryOf(input.query)}`;

  async function open(endpoint: Endpoint, input: AnyInput): Promise<Response> {
    const url = urlOf(endpoint, input);
    let response: Response;
    try {
      response = await send(url, requestOf(endpoint, input, options.token));
    } catch (cause) {
      if (input.signal?.aborted) throw cause;
      throw new UnreachableError(base, `Could not reach ${base || "the platform"}`, cause);
    }
    if (response.ok) return response;
    throw await failureOf(response, base || url);
  }

  async function call(endpoint: Endpoint, input: AnyInput): Promise<unknown> {
    const response = await open(endpoint, input);
    if (endpoint.response === undefined) return undefined;
    const body = parseJson(await response.text());
    if (body === undefined) {
      throw new UnreachableError(base, `${base} answered something that is not JSON`);
    }
    return body;
  }

  return { call, open, urlOf } as Client;
}
