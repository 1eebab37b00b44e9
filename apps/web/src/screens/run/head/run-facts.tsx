"use client";

import { getSnapshot, type Snapshot } from "@tessera/contracts/code";
import type { Job } from "@tessera/contracts/job";
import type { Run } from "@tessera/contracts/run";
import type { ReactNode } from "react";
import { useEndpoint } from "../../../data/use-endpoint.ts";
import { projectPath } from "../../../frame/navigation.ts";
import { Badge } from "../../../parts/badge.tsx";
import { CopyableId } from "../../../parts/copy-button.tsx";
import { Elapsed, RelativeTime } from "../../../parts/figures.tsx";
import { Skeleton } from "../../../parts/skeleton.tsx";
import { TextLink } from "../../../parts/text-link.tsx";
import { datasetPath } from "../../data/data-paths.ts";
import { experimentPath, runPath } from "../run-paths.ts";

export interface RunFactsProps {
  project: string;
  run: Run;
  job: Job | undefined;
}

/** Who, when, how long, from which code: one line, each part of it a way on. */
export function RunFacts({ project, run, job }: RunFactsProps) {
  return (
    <dl className="flex flex-wrap gap-x-7 gap-y-3">
      <Times run={run} job={job} />
      <Fact label="By">{run.user || "unknown"}</Fact>
      <Fact label="Experiment">
        <TextLink href={experimentPath(project, run.experimentId)}>{run.experimentName}</TextLink>
      </Fact>
      <CommitFact project={project} run={run} job={job} />
      {job ? <JobFacts project={project} job={job} /> : null}
      <Fact label="Run id">
        <CopyableId id={run.id} />
      </Fact>
    </dl>
  );
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="max-w-full min-w-0">
      <dt className="text-xs text-ink-3">{label}</dt>
      <dd className="mt-px flex min-h-6 max-w-72 min-w-0 items-center gap-1.5 text-sm [&>*]:truncate">
        {children}
      </dd>
    </div>
  );
}

function Times({ run, job }: Pick<RunFactsProps, "run" | "job">) {
  if (run.startedAt === null) {
    return job ? (
      <Fact label={run.state === "queued" ? "Waits" : "Submitted"}>
        {run.state === "queued" ? (
          <Elapsed since={job.submittedAt} />
        ) : (
          <RelativeTime time={job.submittedAt} />
        )}
      </Fact>
    ) : null;
  }
  return (
    <>
      <Fact label={run.finishedAt === null ? "Runs for" : "Took"}>
        <Elapsed since={run.startedAt} until={run.finishedAt} />
      </Fact>
      <Fact label="Started">
        <RelativeTime time={run.startedAt} />
      </Fact>
    </>
  );
}

function JobFacts({ project, job }: { project: string; job: Job }) {
  const { tier, environment, data, rerunOf } = job;
  return (
    <>
      <Fact label="Hardware">
        <span title={`${tier.cpus} CPU, ${tier.memoryMb} MB, ${tier.gpus} GPU`}>{tier.name}</span>
      </Fact>
      {environment ? (
        <Fact label="Environment">
          <TextLink
            mono
            href={`${projectPath(project, "environments", environment.name)}?revision=${environment.number}`}
          >
            {environment.name}@{environment.number}
          </TextLink>
        </Fact>
      ) : null}
      {data.map(({ path, dataset, version }) => (
        <Fact key={path} label="Data">
          <TextLink mono title={`at ${path}`} href={datasetPath(project, dataset, version)}>
            {dataset}@{version}
          </TextLink>
        </Fact>
      ))}
      {rerunOf ? (
        <Fact label="Re-run of">
          <TextLink mono title={rerunOf} href={runPath(project, rerunOf)}>
            {rerunOf.slice(0, 8)}
          </TextLink>
        </Fact>
      ) : null}
    </>
  );
}

function CommitFact({ project, run, job }: RunFactsProps) {
  const id = job?.snapshotId ?? null;
  const snapshot = useEndpoint(
    getSnapshot,
    { params: { project, id: id ?? "" } },
    { enabled: id !== null },
  );
  const commit = snapshot.data?.git.commit ?? run.tags["mlflow.source.git.commit"];
  if (id !== null && snapshot.isPending) {
    return (
      <Fact label="Commit">
        <Skeleton className="h-3.5 w-20" />
      </Fact>
    );
  }
  if (commit === undefined) return null;
  return (
    <Fact label="Commit">
      {snapshot.data?.git.dirty ? <DirtyMark snapshot={snapshot.data} /> : null}
      <CopyableId id={commit} />
    </Fact>
  );
}

/** The tree differed from its commit: never shown as clean. */
export function DirtyMark({ snapshot }: { snapshot: Pick<Snapshot, "hasDiff"> }) {
  const words = snapshot.hasDiff
    ? "The code differed from this commit; the difference is under Code"
    : "The code differed from this commit";
  return (
    <Badge tone="warn" title={words}>
      dirty
    </Badge>
  );
}
