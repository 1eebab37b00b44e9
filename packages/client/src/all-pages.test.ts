import { listAccessTokens } from "@tessera/contracts/identity";
import { getMeta } from "@tessera/contracts/meta";
import { expect, test } from "vitest";
import { callAllPages } from "./all-pages.ts";
import { createClient } from "./create-client.ts";

/** A client of a list of three pages; every address that was asked is noted. */
function pagedClient() {
  const asked: string[] = [];
  const pages: Record<string, object> = {
    "": { items: [1, 2], nextPageToken: "b" },
    b: { items: [3], nextPageToken: "c" },
    c: { items: [4] },
  };
  const fetch = async (url: unknown): Promise<Response> => {
    asked.push(String(url));
    const token = new URL(String(url)).searchParams.get("pageToken") ?? "";
    return Response.json(pages[token]);
  };
  return {
    asked,
    client: createClient({ baseUrl: "http://x", fetch: fetch as typeof globalThis.fetch }),
  };
}

test("reads a list to its end", async () => {
  const { asked, client } = pagedClient();
  expect(await callAllPages(client, listAccessTokens, {})).toEqual({ items: [1, 2, 3, 4] });
  expect(asked).toEqual([
    "http://x/api/v1/tokens?limit=500",
    "http://x/api/v1/tokens?limit=500&pageToken=b",
    "http://x/api/v1/tokens?limit=500&pageToken=c",
  ]);
});

test("reads one page when a limit says so, and what is no list as it is", async () => {
  const { asked, client } = pagedClient();
  const page = await callAllPages(client, listAccessTokens, { query: { limit: 2 } });
  expect(page).toEqual({ items: [1, 2], nextPageToken: "b" });
  await callAllPages(client, getMeta, {});
  expect(asked).toEqual(["http://x/api/v1/tokens?limit=2", "http://x/api/v1/meta"]);
});
