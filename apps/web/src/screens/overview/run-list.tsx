"use client";

import type { QueueEntry } from "@tessera/contracts/queue";
import type { Run } from "@tessera/contracts/run";
import Link from "next/link";
import type { ReactNode } from "react";
import { projectPath } from "../../frame/navigation.ts";
import { Elapsed, NumberValue, RelativeTime } from "../../parts/figures.tsx";
import { RunDot } from "../../parts/run-colors/run-dot.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";

const METRICS_SHOWN = 2;

interface RunListProps {
  readonly title: string;
  readonly runs: readonly Run[];
  readonly project: string;
  readonly empty: string;
  /** Whether to say why each ended as it did. */
  readonly reasons?: boolean;
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="rounded-lg border border-line bg-surface">
      <h2 className="border-b border-line px-4 py-2.5 text-base font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Nothing({ children }: { children: ReactNode }) {
  return <p className="px-4 py-3 text-sm text-ink-3">{children}</p>;
}

/** A few runs, with what matters of each. */
export function RunList({ title, runs, project, empty, reasons }: RunListProps) {
  return (
    <Panel title={title}>
      {runs.length === 0 ? <Nothing>{empty}</Nothing> : null}
      <ul className="divide-y divide-line">
        {runs.map((run) => (
          <li key={run.id}>
            <Link
              href={projectPath(project, "runs", run.id)}
              className="flex flex-col gap-0.5 px-4 py-2 transition-colors hover:bg-hover/60"
            >
              <span className="flex min-w-0 items-center gap-2">
                <RunDot runId={run.id} />
                <span className="min-w-0 flex-1 truncate text-sm font-medium">{run.name}</span>
                <KeyMetrics run={run} />
                <RunTime run={run} />
              </span>
              {reasons ? (
                <span className="truncate pl-4 text-sm text-ink-2">
                  {run.reason ?? "no reason was given"}
                </span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function KeyMetrics({ run }: { run: Run }) {
  const first = [...run.metrics]
    .sort((a, b) => Number(/^train/i.test(a.key)) - Number(/^train/i.test(b.key)))
    .slice(0, METRICS_SHOWN);
  return (
    <span className="hidden shrink-0 gap-3 text-sm text-ink-2 sm:flex">
      {first.map(({ key, value }) => (
        <span key={key} className="flex gap-1">
          <span className="max-w-28 truncate text-ink-3" title={key}>
            {key}
          </span>
          {typeof value === "number" ? <NumberValue value={value} /> : value}
        </span>
      ))}
    </span>
  );
}

function RunTime({ run }: { run: Run }) {
  if (run.finishedAt !== null) {
    return (
      <span className="w-28 shrink-0 text-right text-sm text-ink-3">
        <RelativeTime time={run.finishedAt} />
      </span>
    );
  }
  return (
    <span className="flex shrink-0 items-center gap-2 text-sm text-ink-3">
      <StateBadge state={run.state} compact />
      {run.startedAt === null ? null : <Elapsed since={run.startedAt} />}
    </span>
  );
}

/** What of this project waits, and why. */
export function WaitingList({
  entries,
  project,
}: {
  entries: readonly QueueEntry[];
  project: string;
}) {
  return (
    <Panel title="Waiting">
      {entries.length === 0 ? <Nothing>Nothing waits.</Nothing> : null}
      <ul className="divide-y divide-line">
        {entries.map((entry) => (
          <li key={entry.id}>
            <Link
              href={projectPath(project, "runs", entry.id)}
              className="flex flex-col gap-0.5 px-4 py-2 transition-colors hover:bg-hover/60"
            >
              <span className="flex items-center gap-2 text-sm">
                <span className="tabular text-ink-3">{entry.position ?? ""}</span>
                <span className="min-w-0 truncate font-medium">{entry.name}</span>
              </span>
              <span className="truncate text-sm text-ink-2">
                {entry.reason ?? "about to start"}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
