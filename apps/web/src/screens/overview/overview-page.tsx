"use client";

import { getOverview, type Overview } from "@tessera/contracts/overview";
import { getProject } from "@tessera/contracts/project";
import { Activity } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { errorWords } from "../../data/error-words.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Page } from "../../frame/page-frame.tsx";
import { projectPath } from "../../frame/navigation.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Money } from "../../parts/figures.tsx";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import { RunCommands } from "../runs/run-commands-view.tsx";
import { BestMetrics } from "./best-metrics.tsx";
import { RunList, WaitingList } from "./run-list.tsx";

/** What happened since I looked? */
export function OverviewPage({ project }: { project: string }) {
  const overview = useEndpoint(
    getOverview,
    { params: { project } },
    { refetchMs: 10_000, keepPrevious: true },
  );
  const about = useEndpoint(getProject, { params: { project } });
  return (
    <Page crumbs={[{ label: about.data?.name ?? project }]}>
      {about.data && about.data.description !== "" ? (
        <p className="mb-4 max-w-prose text-base text-ink-2">{about.data.description}</p>
      ) : null}
      {overview.isPending ? <SkeletonRows rows={8} /> : null}
      {overview.isError ? (
        <ErrorPanel
          {...errorWords(overview.error, "Could not load the overview")}
          onRetry={() => void overview.refetch()}
        />
      ) : null}
      {overview.data === undefined ? null : overview.data.counts.runs === 0 ? (
        <FirstSteps project={project} />
      ) : (
        <OverviewView overview={overview.data} project={project} />
      )}
    </Page>
  );
}

function FirstSteps({ project }: { project: string }) {
  return (
    <EmptyState icon={<Activity aria-hidden />} title="Nothing has run here yet">
      <p className="mb-5">What runs, what waits and what was best will be seen here.</p>
      <RunCommands project={project} />
    </EmptyState>
  );
}

function OverviewView({ overview, project }: { overview: Overview; project: string }) {
  const { counts, costThisMonth } = overview;
  return (
    <div className="flex flex-col gap-6">
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Fact label="Runs" href={projectPath(project, "runs")}>
          {counts.runs}
        </Fact>
        <Fact label="Active jobs" href={projectPath(project, "queue")}>
          {counts.activeJobs}
        </Fact>
        <Fact
          label="Failed in 24 hours"
          href={`${projectPath(project, "runs")}?q=${encodeURIComponent("attributes.status = 'FAILED'")}`}
          bad={counts.failedLastDay > 0}
        >
          {counts.failedLastDay}
        </Fact>
        <Fact label="Cost this month">
          <Money amount={costThisMonth.amount} currency={costThisMonth.currency} />
        </Fact>
      </div>
      <BestMetrics best={overview.best} project={project} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <RunList
          title="Running now"
          runs={overview.running}
          project={project}
          empty="Nothing runs."
        />
        <WaitingList entries={overview.waiting} project={project} />
        <RunList
          title="Last finished"
          runs={overview.finished}
          project={project}
          empty="Nothing has finished yet."
        />
        <RunList
          title="Failed"
          runs={overview.failed}
          project={project}
          empty="Nothing failed."
          reasons
        />
      </div>
    </div>
  );
}

interface FactProps {
  readonly label: string;
  readonly href?: string;
  readonly bad?: boolean;
  readonly children: ReactNode;
}

function Fact({ label, href, bad, children }: FactProps) {
  const inside = (
    <>
      <span className="text-sm text-ink-2">{label}</span>
      <span className={`tabular text-xl font-semibold ${bad ? "text-bad" : ""}`}>{children}</span>
    </>
  );
  const look = "flex flex-col gap-0.5 rounded-lg border border-line bg-surface px-4 py-3";
  return href === undefined ? (
    <div className={look}>{inside}</div>
  ) : (
    <Link href={href} className={`${look} transition-colors hover:border-line-strong`}>
      {inside}
    </Link>
  );
}
