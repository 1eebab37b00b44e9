"use client";

import { useQueries } from "@tanstack/react-query";
import { writeRunIds } from "@tessera/client/run-clauses";
import { getJob, type Job } from "@tessera/contracts/job";
import { type Run, RunId, searchRuns } from "@tessera/contracts/run";
import { useEffect, useMemo } from "react";
import { client } from "../../data/client.ts";
import { endpointKey, useEndpoint } from "../../data/use-endpoint.ts";
import { isActive } from "../run-fields/run-values.ts";
import { mostCompared } from "../runs/compare-path.ts";

/** No event tells of new metrics. */
const liveMs = 4000;

/** The runs of an address, in its order; those that are not there are named. */
export function useComparedRuns(project: string, ids: readonly string[]) {
  const wanted = useMemo(() => [...new Set(ids)].slice(0, mostCompared), [ids]);
  const asked = wanted.filter((id) => RunId.safeParse(id).success);
  const body = { filter: writeRunIds(asked), view: "all" as const, limit: mostCompared };
  const query = useEndpoint(
    searchRuns,
    { params: { project }, body },
    { enabled: asked.length > 0, keepPrevious: true },
  );
  const items = query.data?.items;
  const runs = useMemo(() => {
    const byId = new Map(items?.map((run) => [run.id, run]));
    return wanted.flatMap((id) => byId.get(id) ?? []);
  }, [wanted, items]);
  const known = new Set(runs.map((run) => run.id));
  usePolling(runs.some(isActive), query.refetch);
  return {
    query,
    runs,
    missing:
      query.isSuccess && !query.isPlaceholderData ? wanted.filter((id) => !known.has(id)) : [],
    /** Ids beyond the most that can be compared. */
    beyond: new Set(ids).size - wanted.length,
    asked: asked.length,
  };
}

function usePolling(active: boolean, refetch: () => unknown) {
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") refetch();
    }, liveMs);
    return () => clearInterval(timer);
  }, [active, refetch]);
}

export interface RunJobs {
  /** By run id. */
  readonly jobs: ReadonlyMap<string, Job>;
  /** Why some could not be read. */
  readonly error: Error | null;
}

/** The jobs of those runs that the platform ran. */
export function useJobs(project: string, runs: readonly Run[]): RunJobs {
  const ids = runs.filter((run) => run.hasJob).map((run) => run.id);
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: endpointKey(getJob, { params: { project, id } }),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.call(getJob, { params: { project, id }, signal }),
    })),
    combine: combineJobs,
  });
}

function combineJobs(results: readonly { data: Job | undefined; error: Error | null }[]): RunJobs {
  return {
    jobs: new Map(results.flatMap(({ data }) => (data ? [[data.id, data]] : []))),
    error: results.find(({ error }) => error !== null)?.error ?? null,
  };
}
