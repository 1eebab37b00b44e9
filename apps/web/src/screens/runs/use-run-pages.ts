"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ApiError } from "@tessera/client/api-error";
import { type RunsPage, type RunsQuery, searchRuns } from "@tessera/contracts/run";
import { useMemo } from "react";
import { client } from "../../data/client.ts";
import { runsOf } from "./merge-pages.ts";

/** What is searched; the same search has the same key. */
export type RunSearch = Pick<RunsQuery, "filter" | "orderBy" | "experimentIds" | "view">;

/** The first page comes at once; those that scrolling asks for are larger. */
const firstPage = 200;
const nextPage = 1000;

export interface PageData {
  readonly pages: RunsPage[];
  readonly pageParams: (string | undefined)[];
}

/** Apart from other searches: this one is patched as things change, and not read all anew. */
export function runPagesKey(project: string, search: RunSearch): readonly unknown[] {
  return ["runs-table", project, search];
}

/** The runs of a search, page by page. */
export function useRunPages(project: string, search: RunSearch) {
  const query = useInfiniteQuery({
    queryKey: runPagesKey(project, search),
    queryFn: ({ pageParam, signal }) =>
      client.call(searchRuns, {
        params: { project },
        body: {
          ...search,
          limit: pageParam === undefined ? firstPage : nextPage,
          ...(pageParam === undefined ? {} : { pageToken: pageParam }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextPageToken,
    // What the server refused, it refuses again.
    retry: (count, error) => count < 1 && !(error instanceof ApiError && error.status < 500),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    // What is patched while it is shown is read anew when someone comes back to it.
    gcTime: 60_000,
    refetchOnMount: "always",
    refetchOnWindowFocus: false,
  });
  const pages = query.data?.pages;
  const runs = useMemo(() => runsOf(pages), [pages]);
  return { query, runs, counts: pages?.at(-1) };
}
