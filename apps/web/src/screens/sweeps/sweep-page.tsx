"use client";

import { getSweep, listTrials, type Sweep } from "@tessera/contracts/sweep";
import type { ReactNode } from "react";
import { errorWords } from "../../data/error-words.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { projectPath } from "../../frame/navigation.ts";
import { Page } from "../../frame/page-frame.tsx";
import { useProjectCrumb } from "../../frame/use-project-crumb.ts";
import { CommandLine } from "../../parts/copy-button.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { NumberValue } from "../../parts/figures.tsx";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import { TextLink } from "../../parts/text-link.tsx";
import { experimentPath, runPath } from "../run/run-paths.ts";
import { SweepActions } from "./sweep-actions.tsx";
import { SweepCharts } from "./sweep-charts.tsx";
import { endedCount, isLive, SweepStateBadge } from "./sweep-state.tsx";
import { ValueList } from "./value-list.tsx";

/** What no event tells of: jobs that begin to run. */
const liveMs = 3000;

/** One sweep: what it has found, how, and by which trials. */
export function SweepPage({ project, id }: { project: string; id: string }) {
  const home = useProjectCrumb(project);
  const sweep = useEndpoint(getSweep, { params: { project, id } });
  const found = sweep.data;
  return (
    <Page
      crumbs={[
        home,
        { label: "Sweeps", href: projectPath(project, "sweeps") },
        { label: found?.name ?? id.slice(-6) },
      ]}
      action={found ? <SweepActions sweep={found} /> : null}
    >
      {sweep.isError && found === undefined ? (
        <ErrorPanel
          {...errorWords(sweep.error, "Could not load the sweep")}
          onRetry={() => void sweep.refetch()}
          retrying={sweep.isFetching}
        />
      ) : found === undefined ? (
        <SkeletonRows rows={8} columns={[12, 20, 40]} />
      ) : (
        <div className="flex flex-col gap-5">
          <Facts project={project} sweep={found} />
          <Trials project={project} sweep={found} />
        </div>
      )}
    </Page>
  );
}

function Trials({ project, sweep }: { project: string; sweep: Sweep }) {
  const trials = useEndpoint(
    listTrials,
    { params: { project, id: sweep.id } },
    { refetchMs: isLive(sweep) ? liveMs : 0 },
  );
  if (trials.data)
    return <SweepCharts project={project} sweep={sweep} trials={trials.data.items} />;
  if (!trials.isError) return <SkeletonRows rows={6} columns={[8, 12, 12, 40]} />;
  return (
    <ErrorPanel
      {...errorWords(trials.error, "Could not load the trials")}
      onRetry={() => void trials.refetch()}
      retrying={trials.isFetching}
    />
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <dt className="text-xs text-ink-3">{label}</dt>
      <dd className="text-sm">{children}</dd>
    </div>
  );
}

function optionsOf({ name, options = {} }: NonNullable<Sweep["pruner"]>): string {
  const list = Object.entries(options).map(([key, value]) => `${key}=${String(value)}`);
  return list.length === 0 ? name : `${name} (${list.join(", ")})`;
}

function countsOf(sweep: Sweep): string {
  const { running, pruned, failed } = sweep.trials;
  const counts = [
    [running, "running"],
    [pruned, "pruned"],
    [failed, "failed"],
  ] as const;
  const words = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return [`${endedCount(sweep)} of ${sweep.maxTrials}`, ...words].join(" · ");
}

function Best({ project, sweep }: { project: string; sweep: Sweep }) {
  const { best, metric } = sweep;
  if (best?.objective == null) return <>No trial has ended well yet</>;
  const value = (
    <>
      {metric} <NumberValue value={best.objective} />
    </>
  );
  return (
    <span className="flex flex-wrap items-baseline gap-x-3 font-medium">
      {best.runId === null ? (
        <span>{value}</span>
      ) : (
        <TextLink href={runPath(project, best.runId)}>{value}</TextLink>
      )}
      <ValueList values={best.values} />
    </span>
  );
}

function Facts({ project, sweep }: { project: string; sweep: Sweep }) {
  const { command, experimentId, reason, pruner } = sweep;
  return (
    <section aria-label="The sweep" className="flex flex-col gap-4">
      <dl className="flex flex-wrap gap-x-8 gap-y-3">
        <Fact label="State">
          <SweepStateBadge state={sweep.state} />
        </Fact>
        <Fact label={`Best (${sweep.direction})`}>
          <Best project={project} sweep={sweep} />
        </Fact>
        <Fact label="Trials">{countsOf(sweep)}</Fact>
        <Fact label="At a time">{sweep.parallelism}</Fact>
        <Fact label="Sampler">{optionsOf(sweep.sampler)}</Fact>
        <Fact label="Pruner">{pruner === null ? "none" : optionsOf(pruner)}</Fact>
        {experimentId === null ? null : (
          <Fact label="Runs">
            <TextLink href={experimentPath(project, experimentId)}>as a table</TextLink>
          </Fact>
        )}
        <Fact label="By">{sweep.submittedBy}</Fact>
      </dl>
      {reason === null ? null : <p className="text-sm text-ink-2">{reason}</p>}
      {command === null ? null : <CommandLine command={command.join(" ")} />}
    </section>
  );
}
