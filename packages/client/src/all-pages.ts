import type { Endpoint, EndpointResponse } from "@tessera/contracts/endpoint";
import type { CallInput, Client } from "./create-client.ts";

interface Page {
  readonly items: readonly unknown[];
  readonly nextPageToken?: string;
}

/** The largest page that a list gives at once; undefined for what is no list in pages. */
function largestPage({ query }: Endpoint): number | undefined {
  if (query === undefined || !("pageToken" in query.shape)) return undefined;
  const { limit } = query.shape as { limit?: { safeParse(value: unknown): { success: boolean } } };
  return [10_000, 500].find((size) => limit?.safeParse(size).success);
}

/**
 * Calls an endpoint; of a list without a limit all pages, as one. For lists of which a person
 * makes the entries, not for runs or jobs.
 */
export async function callAllPages<E extends Endpoint>(
  client: Client,
  endpoint: E,
  input: CallInput<E>,
): Promise<EndpointResponse<E>> {
  const limit = largestPage(endpoint);
  const given = (input.query ?? {}) as Readonly<Record<string, unknown>>;
  if (limit === undefined || "limit" in given || "pageToken" in given) {
    return client.call(endpoint, input);
  }
  const items: unknown[] = [];
  let pageToken: string | undefined;
  do {
    const query = { ...given, limit, ...(pageToken === undefined ? {} : { pageToken }) };
    const page = (await client.call(endpoint, { ...input, query } as CallInput<E>)) as Page;
    items.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return { items } as EndpointResponse<E>;
}
