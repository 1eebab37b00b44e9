import { useQueryClient } from "@tanstack/react-query";
import * as code from "@tessera/contracts/code";
import * as dataset from "@tessera/contracts/dataset";
import type { Endpoint } from "@tessera/contracts/endpoint";
import * as environment from "@tessera/contracts/environment";
import { type EventType, PlatformEvent, streamEvents } from "@tessera/contracts/event";
import * as identity from "@tessera/contracts/identity";
import * as job from "@tessera/contracts/job";
import * as model from "@tessera/contracts/model";
import { getOverview } from "@tessera/contracts/overview";
import * as project from "@tessera/contracts/project";
import { getQueue } from "@tessera/contracts/queue";
import * as run from "@tessera/contracts/run";
import * as sweep from "@tessera/contracts/sweep";
import { useEffect, useRef, useState } from "react";
import type { LiveStatus } from "../frame/live-status.tsx";
import { client } from "./client.ts";

/** Which answers an event makes old. */
const stale: Record<EventType, readonly Endpoint[]> = {
  "job.changed": [
    job.getJob,
    job.listJobs,
    job.listAllJobs,
    getQueue,
    getOverview,
    run.getRun,
    run.searchRuns,
  ],
  "sweep.changed": [sweep.listSweeps, sweep.getSweep, sweep.listTrials],
  "run.changed": [run.getRun, run.searchRuns, run.listArtifacts, model.listRunModels, getOverview],
  "environment.changed": [
    environment.listEnvironments,
    environment.getEnvironment,
    environment.getEnvironmentRevision,
    environment.listEnvironmentRevisions,
  ],
  "model.changed": [
    model.listModels,
    model.getModel,
    model.listModelVersions,
    model.getModelVersion,
    model.listModelPromotions,
    model.listRunModels,
  ],
  "snapshot.changed": [code.getSnapshot, code.listSnapshotFiles],
  "dataset.changed": [
    dataset.listDatasets,
    dataset.getDataset,
    dataset.listDatasetVersions,
    dataset.getDatasetVersion,
  ],
  "project.changed": [project.getProject, project.listProjects],
  "member.changed": [project.listMembers, identity.getMe],
  "queue.changed": [getQueue, getOverview, job.getJob],
};

const listeners = new Set<(event: PlatformEvent) => void>();

/** Tells of each event as it comes, for what can be patched where reading all anew is too much. */
export function useEachEvent(listener: (event: PlatformEvent) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const tell = (event: PlatformEvent): void => latest.current(event);
    listeners.add(tell);
    return () => void listeners.delete(tell);
  }, []);
}

/** Events come in bursts; what they make old is read again this often at most. */
const GATHER_MS = 400;

/**
 * Follows what changes and marks cached answers as old; to be mounted once, in the frame. A page
 * that nobody sees holds no connection: a browser has six for each server, for all of its tabs.
 */
export function useLiveEvents(enabled: boolean): LiveStatus {
  const queries = useQueryClient();
  const [status, setStatus] = useState<LiveStatus>({ kind: "connecting" });
  useEffect(() => {
    if (!enabled) return undefined;
    const marker = new StaleMarker((id) => void queries.invalidateQueries({ queryKey: [id] }));
    let source: EventSource | undefined;
    const look = (): void => {
      if (document.hidden) {
        source?.close();
        source = undefined;
        marker.missed = true;
      } else source ??= listen(marker, setStatus);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      source?.close();
      marker.stop();
    };
  }, [enabled, queries]);
  return status;
}

function listen(
  marker: StaleMarker,
  tell: (next: LiveStatus | ((now: LiveStatus) => LiveStatus)) => void,
): EventSource {
  const source = new EventSource(client.urlOf(streamEvents, {}));
  const receive = (message: MessageEvent<string>): void => {
    const parsed = PlatformEvent.safeParse(JSON.parse(message.data));
    if (parsed.success) marker.mark(stale[parsed.data.type]);
  };
  for (const type of ["message", ...Object.keys(stale)]) {
    source.addEventListener(type, receive as (event: Event) => void);
  }
  source.addEventListener("open", () => {
    tell({ kind: "live" });
    if (marker.missed) marker.mark(Object.values(stale).flat());
    marker.missed = false;
  });
  source.addEventListener("error", () =>
    tell((now) => (now.kind === "stale" ? now : { kind: "stale", since: Date.now() })),
  );
  return source;
}

/** Gathers what events make old, and marks it a little later, each answer once. */
class StaleMarker {
  /** Events may have gone by unseen. */
  missed = false;
  readonly #invalidate: (endpointId: string) => void;
  readonly #waiting = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(invalidate: (endpointId: string) => void) {
    this.#invalidate = invalidate;
  }

  mark(endpoints: readonly Endpoint[]): void {
    for (const { id } of endpoints) this.#waiting.add(id);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const id of this.#waiting) this.#invalidate(id);
      this.#waiting.clear();
    }, GATHER_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
