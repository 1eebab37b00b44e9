"use client";

import { useQueryClient } from "@tanstack/react-query";
import { writeRunIds } from "@tessera/client/run-clauses";
import { type Run, type RunsPage, searchRuns } from "@tessera/contracts/run";
import { useCallback, useEffect, useRef } from "react";
import { client } from "../../data/client.ts";
import { useEachEvent } from "../../data/live-events.ts";
import { isActive } from "../run-fields/run-values.ts";
import { runsOf, withNewHead, withNewRuns } from "./merge-pages.ts";
import { runPagesKey } from "./use-run-pages.ts";
import type { PageData, RunSearch } from "./use-run-pages.ts";

/** Events come in bursts, and metrics come without any: both are gathered this long. */
const gatherMs = 800;
const pollMs = 3000;
/** So many runs are read anew in one go. */
const most = 500;

/**
 * Keeps the loaded runs as the platform has them: those that changed are patched, and the head of
 * the list is read anew for runs that came, went or moved.
 */
export function useLiveRuns(project: string, search: RunSearch, runs: readonly Run[]) {
  const queries = useQueryClient();
  const changed = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const key = runPagesKey(project, search);

  const sync = useCallback(async () => {
    timer.current = undefined;
    const ids = [...changed.current].slice(0, most);
    const data = queries.getQueryData<PageData>(key);
    if (data === undefined || queries.isFetching({ queryKey: key }) > 0) return;
    changed.current.clear();
    const newer = await readChanges({ project, search, ids, loaded: runsOf(data.pages) });
    queries.setQueryData<PageData>(key, (now) => now && patched(now, newer));
    // oxlint-disable-next-line react/exhaustive-deps -- the key is made of these two
  }, [queries, project, search]);

  const note = useCallback(
    (ids: readonly string[]) => {
      for (const id of ids) changed.current.add(id);
      // A failed read is tried again with the next change; the page says when it is stale.
      timer.current ??= setTimeout(() => void sync().catch(() => undefined), gatherMs);
    },
    [sync],
  );

  useEachEvent((event) => {
    if (event.project !== project) return;
    if (event.type === "run.changed" || event.type === "job.changed") note([event.subject]);
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [sync],
  );

  const active = runs.filter(isActive).slice(0, most);
  const activeIds = active.map((run) => run.id).join(",");
  useEffect(() => {
    if (activeIds === "") return undefined;
    const poll = setInterval(() => {
      if (document.visibilityState === "visible") note(activeIds.split(","));
    }, pollMs);
    return () => clearInterval(poll);
  }, [activeIds, note]);
  return note;
}

interface Changes {
  readonly head: RunsPage;
  readonly others: readonly Run[];
}

interface ReadOptions {
  readonly project: string;
  readonly search: RunSearch;
  readonly ids: readonly string[];
  readonly loaded: readonly Run[];
}

async function readChanges({ project, search, ids, loaded }: ReadOptions): Promise<Changes> {
  const params = { project };
  const limit = Math.max(50, Math.min(most, loaded.length));
  const head = await client.call(searchRuns, { params, body: { ...search, limit } });
  const inHead = new Set(head.items.map((run) => run.id));
  const beyond = new Set(loaded.slice(limit).map((run) => run.id));
  const missing = ids.filter((id) => beyond.has(id) && !inHead.has(id));
  if (missing.length === 0) return { head, others: [] };
  const found = await client.call(searchRuns, {
    params,
    body: { filter: writeRunIds(missing), view: "all", limit: most },
  });
  return { head, others: found.items };
}

function patched(data: PageData, { head, others }: Changes): PageData {
  const pages = withNewHead(withNewRuns(data.pages, others), head);
  return { pages, pageParams: pages.map((_, at) => data.pageParams[at]) };
}
