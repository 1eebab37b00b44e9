"use client";

import { ApiError } from "@tessera/client/api-error";
import type { Job } from "@tessera/contracts/job";
import type { Run } from "@tessera/contracts/run";
import { SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { errorWords } from "../../data/error-words.ts";
import { useRefusal } from "../../data/permission.ts";
import { projectPath } from "../../frame/navigation.ts";
import { type Crumb, Page } from "../../frame/page-frame.tsx";
import { useProjectCrumb } from "../../frame/use-project-crumb.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { RunDot } from "../../parts/run-colors/run-dot.tsx";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import { RunActions } from "./actions/run-actions.tsx";
import { DeletedNote } from "./head/deleted-note.tsx";
import { FailurePanel } from "./head/failure-panel.tsx";
import { KeyMetrics } from "./head/key-metrics.tsx";
import { RunFacts } from "./head/run-facts.tsx";
import { RunName } from "./head/run-name.tsx";
import { RunStatus } from "./head/run-status.tsx";
import { RunSkeleton } from "./run-skeleton.tsx";
import { useRunData } from "./use-run-data.ts";

const RunTabs = dynamic(() => import("./run-tabs.tsx").then((module) => module.RunTabs), {
  ssr: false,
  loading: () => <SkeletonRows rows={8} columns={[30, 60]} />,
});

export interface RunPageProps {
  project: string;
  id: string;
}

/** Is it healthy? What did it do? */
export function RunPage({ project, id }: RunPageProps) {
  const { run, job, error, retry, retrying } = useRunData(project, id);
  const home = useProjectCrumb(project);
  const crumbs = [home, ...crumbsOf(project, run, id)];
  if (error) {
    return (
      <Page crumbs={crumbs}>
        {isMissing(error) ? (
          <MissingRun project={project} id={id} />
        ) : (
          <ErrorPanel
            {...errorWords(error, "Could not load this run")}
            onRetry={retry}
            retrying={retrying}
          />
        )}
      </Page>
    );
  }
  if (run === undefined || (run.hasJob && job === undefined)) {
    return (
      <Page crumbs={crumbs}>
        <RunSkeleton />
      </Page>
    );
  }
  return (
    <Page crumbs={crumbs} action={<RunActions project={project} run={run} job={job} />}>
      <div className="flex flex-col gap-5">
        <RunHead project={project} run={run} job={job} />
        <RunTabs key={run.id} project={project} run={run} job={job} />
      </div>
    </Page>
  );
}

function RunHead({ project, run, job }: { project: string; run: Run; job: Job | undefined }) {
  const refusal = useRefusal(project);
  const failed = run.state === "failed" || run.state === "lost";
  return (
    <>
      {run.deleted ? <DeletedNote project={project} run={run} /> : null}
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5">
        <RunName project={project} run={run} refusal={refusal("run.write")} />
        <RunStatus project={project} run={run} job={job} />
      </div>
      <RunFacts project={project} run={run} job={job} />
      {failed && job ? <FailurePanel project={project} job={job} /> : null}
      <KeyMetrics project={project} run={run} />
    </>
  );
}

function crumbsOf(project: string, run: Run | undefined, id: string): Crumb[] {
  return [
    { label: "Runs", href: projectPath(project, "runs") },
    run ? { label: run.name, mark: <RunDot runId={run.id} /> } : { label: `Run ${id.slice(0, 8)}` },
  ];
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.code === "not_found" || error.code === "invalid_argument")
  );
}

function MissingRun({ project, id }: RunPageProps) {
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title="There is no such run that you can see"
      action={
        <Button asChild variant="primary">
          <Link href={projectPath(project, "runs")}>See the runs of {project}</Link>
        </Button>
      }
    >
      <span className="[overflow-wrap:anywhere]">
        Nothing in this project has the id <code className="font-mono text-sm">{id}</code>. It may
        belong to another project, or you may not be a member of this one.
      </span>
    </EmptyState>
  );
}
