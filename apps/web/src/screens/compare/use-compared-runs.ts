import { useQueries } from "@tanstack/react-query";
import { getRun, type Run } from "@tessera/contracts/run";
import { useMemo } from "react";
import { client } from "../../data/client.ts";
import { endpointKey } from "../../data/use-endpoint.ts";

/** Runs that one page compares at most. */
export const MOST_RUNS = 50;

export interface ComparedRuns {
  readonly runs: readonly Run[];
  /** Ids that could not be had, with why. */
  readonly missing: readonly { readonly id: string; readonly error: Error }[];
  readonly pending: boolean;
}

/** The runs of an address, in its order; one that is not there does not hide the others. */
export function useComparedRuns(project: string, ids: readonly string[]): ComparedRuns {
  const queries = useQueries({
    queries: ids.map((id) => {
      const input = { params: { project, id } };
      return {
        queryKey: endpointKey(getRun, input),
        queryFn: ({ signal }: { signal: AbortSignal }) => client.call(getRun, { ...input, signal }),
        retry: false,
      };
    }),
  });
  const found = queries.map((query) => query.data);
  const stamp = queries.map((query) => query.dataUpdatedAt).join();
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the stamp stands for the answers, whose list is new each time
  const runs = useMemo(() => found.filter((run) => run !== undefined), [stamp]);
  return {
    runs,
    missing: queries.flatMap(({ error }, index) =>
      error === null ? [] : [{ id: ids[index] ?? "", error }],
    ),
    pending: queries.some((query) => query.isPending),
  };
}
