"use client";

import type { ModelVersion } from "@tessera/contracts/model";
import { RunDot } from "../../parts/run-colors/run-dot.tsx";
import { TextLink } from "../../parts/text-link.tsx";
import { runPath } from "../run/run-paths.ts";

interface RunBehindProps {
  project: string;
  version: Pick<ModelVersion, "run" | "runId">;
}

/** The run that made a version, as far as it is known here. */
export function RunBehind({ project, version: { run, runId } }: RunBehindProps) {
  if (run === null) {
    return runId === null ? (
      <span className="text-ink-3">none</span>
    ) : (
      <span className="font-mono text-xs text-ink-3 [overflow-wrap:anywhere]">{runId}</span>
    );
  }
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5">
      <RunDot runId={run.id} />
      <TextLink href={runPath(project, run.id)} className="truncate" title={run.name}>
        {run.name}
      </TextLink>
      {run.deleted ? <span className="text-ink-3">deleted</span> : null}
    </span>
  );
}
