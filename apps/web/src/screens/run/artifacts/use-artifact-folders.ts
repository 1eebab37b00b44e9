"use client";

import { useQueries, type UseQueryResult } from "@tanstack/react-query";
import { callAllPages } from "@tessera/client/all-pages";
import { type Artifact, listArtifacts } from "@tessera/contracts/run";
import { useCallback, useMemo, useState } from "react";
import { client } from "../../../data/client.ts";
import { endpointKey } from "../../../data/use-endpoint.ts";
import type { FolderState } from "../../../parts/file-tree/tree-rows.ts";

type Listing = UseQueryResult<{ items: Artifact[] }>;

/** Milliseconds between reads of what a run that goes on may add to. */
const liveMs = 5000;

interface Artifacts {
  readonly project: string;
  readonly id: string;
  readonly active: boolean;
}

/** The folders of a run's artifacts, each read when it is opened. */
export function useArtifactFolders({ project, id, active }: Artifacts) {
  const [paths, setPaths] = useState<readonly string[]>([""]);
  const listings = useQueries({
    queries: paths.map((path) => {
      const input = { params: { project, id }, query: { path } };
      return {
        queryKey: endpointKey(listArtifacts, input),
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          callAllPages(client, listArtifacts, { ...input, signal }),
        refetchInterval: active ? liveMs : (false as const),
      };
    }),
    combine,
  });
  const known = useMemo(
    () => new Map(paths.map((path, at) => [path, listings[at]?.state])),
    [paths, listings],
  );
  const folder = useCallback((path: string) => known.get(path), [known]);
  const open = useCallback(
    (path: string) => setPaths((now) => (now.includes(path) ? now : [...now, path])),
    [],
  );
  const retry = (path: string) => listings[paths.indexOf(path)]?.retry();
  return { folder, open, retry };
}

interface Folder {
  readonly state: FolderState;
  readonly retry: () => void;
}

function combine(results: Listing[]): Folder[] {
  return results.map((result) => ({
    state: stateOf(result),
    retry: () => void result.refetch(),
  }));
}

function stateOf({ data, error }: Listing): FolderState {
  if (data) return { kind: "known", entries: data.items };
  return error ? { kind: "failed", error } : { kind: "loading" };
}
