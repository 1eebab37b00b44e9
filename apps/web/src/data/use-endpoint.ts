import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { callAllPages } from "@tessera/client/all-pages";
import { ApiError } from "@tessera/client/api-error";
import type { CallInput } from "@tessera/client/create-client";
import type { Endpoint, EndpointResponse } from "@tessera/contracts/endpoint";
import { client } from "./client.ts";

interface Options<Answer> {
  readonly enabled?: boolean;
  /** Milliseconds between reads, for what no event tells of; 0 for none. It may follow the answer. */
  readonly refetchMs?: number | ((answer: Answer | undefined) => number);
  /** Shows the answer before while the next one is read: for filters and pages. */
  readonly keepPrevious?: boolean;
}

/** The key under which an endpoint's answer is cached; a prefix of it names all of its answers. */
export function endpointKey(endpoint: Endpoint, input?: object): readonly unknown[] {
  return input === undefined ? [endpoint.id] : [endpoint.id, input];
}

/**
 * Reads an endpoint and keeps its answer; events of the project mark it as old. Of a list that is
 * asked for without a limit, all pages are read.
 */
export function useEndpoint<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
  options: Options<EndpointResponse<E>> = {},
): UseQueryResult<EndpointResponse<E>> {
  const { enabled = true, refetchMs = 0, keepPrevious = false } = options;
  return useQuery({
    queryKey: endpointKey(endpoint, input),
    queryFn: ({ signal }) => callAllPages(client, endpoint, { ...input, signal } as CallInput<E>),
    enabled,
    retry: isWorthRetrying,
    refetchInterval: ({ state }) =>
      (typeof refetchMs === "number"
        ? refetchMs
        : refetchMs(state.data as EndpointResponse<E> | undefined)) || false,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  }) as UseQueryResult<EndpointResponse<E>>;
}

/** A second try helps where the platform was busy or away; a refusal stays one. */
function isWorthRetrying(failures: number, error: Error): boolean {
  return failures < 1 && !(error instanceof ApiError && error.status < 500);
}
