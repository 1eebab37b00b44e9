"use client";

import { listRunKeys } from "@tessera/contracts/run";
import type { Run } from "@tessera/contracts/run";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { endpointKey, useEndpoint } from "../../data/use-endpoint.ts";
import type { SortKey } from "../../parts/data-table/table-model.ts";
import { orderClause, readField } from "../run-fields/run-field.ts";
import { groupRuns } from "./group-runs.ts";
import { tableGroup } from "./group-summary.tsx";
import { numericParamsOf, runColumns } from "./run-columns.tsx";
import { useHeldRows } from "./use-held-rows.ts";
import { useLiveRuns } from "./use-live-runs.ts";
import { useRunPages } from "./use-run-pages.ts";
import type { RunSearch } from "./use-run-pages.ts";
import { useRunsAddress } from "./use-runs-address.ts";
import type { RunsAddress } from "./use-runs-address.ts";
import { useRunsView } from "./use-runs-view.ts";
import { hasUnknownKey } from "./unknown-key.ts";

export const runId = (run: Run) => run.id;
/** Grouping counts what is loaded, so it loads up to so many by itself. */
const mostToGroup = 5000;

/** Everything that the table shows, and what changes it. */
export function useRunsTable(project: string) {
  const [address, setAddress] = useRunsAddress();
  const keys = useEndpoint(listRunKeys, { params: { project } });
  const columnView = useRunsView({ project, keys: keys.data, address, setAddress });
  const { view } = columnView;
  const search = useRunSearch(address, view.sort);
  const { query, runs, counts } = useRunPages(project, search);
  const note = useLiveRuns(project, search, runs);
  const [pointed, setPointed] = useState(false);
  const [round, setRound] = useState(0);
  const answerKey = query.isPlaceholderData ? "" : `${round}:${JSON.stringify(search)}`;
  const held = useHeldRows({ rows: runs, answerKey, held: pointed, rowId: runId });
  useNewKeys(project, runs, keys.data);
  const columns = useColumns(keys.data, runs);
  const groups = useGroups(address, held.rows, view.sort);
  const { fetchNextPage, hasNextPage, isFetching } = query;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const wantsAll = address.group !== null && runs.length < mostToGroup;
  useEffect(() => {
    if (wantsAll) loadMore();
  }, [wantsAll, loadMore]);
  return {
    address,
    setAddress,
    keys: keys.data,
    ...columnView,
    columns,
    search,
    query,
    counts,
    rows: held.rows,
    /** The same rows under headings; undefined where they are not grouped. */
    groups,
    waiting: held.waiting,
    release: held.release,
    setPointed,
    loadMore,
    /** After something was done to runs here: shows it at once, wherever the pointer is. */
    changed(ids: readonly string[]) {
      setRound((now) => now + 1);
      note(ids);
    },
  };
}

export type RunsTableState = ReturnType<typeof useRunsTable>;

function useRunSearch(address: RunsAddress, sort: readonly SortKey[]) {
  const { q, experiment, view } = address;
  return useMemo((): RunSearch => {
    const orderBy = sort.flatMap(({ id, descending }) => {
      const field = readField(id);
      return (field && orderClause(field, descending)) ?? [];
    });
    return {
      view,
      ...(q.trim() === "" ? {} : { filter: q }),
      ...(orderBy.length === 0 ? {} : { orderBy: orderBy.slice(0, 10) }),
      ...(experiment.length === 0 ? {} : { experimentIds: [...experiment] }),
    };
  }, [q, experiment, view, sort]);
}

function useGroups(address: RunsAddress, rows: readonly Run[], sort: readonly SortKey[]) {
  const { group, summary } = address;
  return useMemo(() => {
    const field = group === null ? undefined : readField(group);
    if (field === undefined) return undefined;
    const found = groupRuns(rows, { field, sort, summary });
    return found.map((one) => tableGroup(one, field, summary));
  }, [group, summary, rows, sort]);
}

function useColumns(keys: Parameters<typeof runColumns>[0], runs: readonly Run[]) {
  // Runs come anew with each change, and their params hardly ever say something new about columns.
  const numeric = useMemo(() => JSON.stringify(numericParamsOf(runs)), [runs]);
  return useMemo(() => runColumns(keys, new Set(JSON.parse(numeric) as string[])), [keys, numeric]);
}

/** Reads the project's keys anew when a run has one that is not among them. */
function useNewKeys(
  project: string,
  runs: readonly Run[],
  keys: Parameters<typeof hasUnknownKey>[1] | undefined,
) {
  const queries = useQueryClient();
  const unknown = useMemo(() => keys !== undefined && hasUnknownKey(runs, keys), [runs, keys]);
  useEffect(() => {
    if (!unknown) return;
    void queries.invalidateQueries({ queryKey: endpointKey(listRunKeys, { params: { project } }) });
  }, [unknown, queries, project]);
}
