"use client";

import type { EnvironmentRevision, EnvironmentState } from "@tessera/contracts/environment";
import { useMemo, useState } from "react";
import { errorWords } from "../../data/error-words.ts";
import { LogView } from "../../parts/log-view/log-view.tsx";
import { buildLogSource } from "./build-log-source.ts";
import { isBuilding } from "./environment-state.tsx";

export interface BuildLogViewProps {
  project: string;
  revision: EnvironmentRevision;
}

/** A build's log, live; a build that is begun again begins a new one. */
export function BuildLogView({ project, revision }: BuildLogViewProps) {
  const { environment: name, number, state } = revision;
  const build = useBuildNumber(state);
  const source = useMemo(
    () => buildLogSource({ project, name, number }),
    // oxlint-disable-next-line react/exhaustive-deps -- another build is another log
    [project, name, number, build],
  );
  return (
    <LogView
      source={source}
      explain={(error) => errorWords(error, "Could not read the build's log")}
      empty={isBuilding(state) ? "The build has said nothing yet" : "No log was kept"}
      className="h-[max(320px,calc(100dvh-280px))] overflow-hidden rounded-lg border border-line"
    />
  );
}

/** Counts builds: one that had ended and goes on was begun again. */
function useBuildNumber(state: EnvironmentState): number {
  const [builds, setBuilds] = useState({ number: 0, state });
  if (builds.state === state) return builds.number;
  const again = !isBuilding(builds.state) && isBuilding(state);
  const next = { number: builds.number + (again ? 1 : 0), state };
  setBuilds(next);
  return next.number;
}
