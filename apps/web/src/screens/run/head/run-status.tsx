"use client";

import type { Job } from "@tessera/contracts/job";
import type { Run } from "@tessera/contracts/run";
import { projectPath } from "../../../frame/navigation.ts";
import { formatCount, formatPercent } from "../../../parts/format/number.ts";
import { useNow } from "../../../parts/now.ts";
import { StateBadge } from "../../../parts/state-badge.tsx";
import { TextLink, ViewLink } from "../../../parts/text-link.tsx";
import { runProgress, type RunProgress } from "../run-progress.ts";

export interface RunStatusProps {
  project: string;
  run: Run;
  job: Job | undefined;
}

/** The state, and in words why it waits, how far it is, or how it ended. */
export function RunStatus({ project, run, job }: RunStatusProps) {
  const stopping = job !== undefined && job.cancelRequestedAt !== null && run.finishedAt === null;
  const attempts = job?.attempts.length ?? 0;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <StateBadge
        state={run.state}
        detail={stopping && run.state !== "cancelled" ? "stopping…" : undefined}
        className="font-medium"
      />
      <StateWords project={project} run={run} job={job} />
      {attempts > 1 ? <ViewLink href="?tab=attempts">attempt {attempts}</ViewLink> : null}
      {run.state === "running" ? <ProgressLine run={run} /> : null}
    </div>
  );
}

function StateWords({ project, run, job }: RunStatusProps) {
  const reason = job?.reason ?? run.reason;
  // A failure's reason stands larger below.
  if (job && (run.state === "failed" || run.state === "lost")) return null;
  if (run.state === "queued") {
    const place = job?.position;
    return (
      <>
        {place == null ? null : (
          <TextLink className="tabular" href={projectPath(project, "queue")}>
            {place === 1 ? "next in the queue" : `place ${formatCount(place)} in the queue`}
          </TextLink>
        )}
        {reason === null ? null : <Words>{reason}</Words>}
      </>
    );
  }
  return reason === null ? null : <Words>{reason}</Words>;
}

function Words({ children }: { children: string }) {
  return <span className="min-w-0 text-ink-2 [overflow-wrap:anywhere]">{children}</span>;
}

/** How far, and how long still, where a param and the steps tell. */
function ProgressLine({ run }: { run: Run }) {
  const now = useNow();
  const progress = now === undefined ? undefined : runProgress(run, now);
  return progress ? <ProgressBar progress={progress} /> : null;
}

function ProgressBar({ progress: { done, of, unit, leftMs } }: { progress: RunProgress }) {
  const share = done / of;
  const words = `${formatCount(done)} of ${formatCount(of)} ${unit}`;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span
        role="progressbar"
        aria-label="Progress"
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={done}
        aria-valuetext={words}
        title={formatPercent(share)}
        className="h-1.5 w-32 shrink-0 overflow-hidden rounded-full bg-line"
      >
        <span
          style={{ width: `${share * 100}%` }}
          className="block h-full rounded-full bg-accent transition-[width]"
        />
      </span>
      <span className="tabular text-ink-2">
        {words}
        {leftMs === undefined ? null : ` · about ${aboutTime(leftMs)} left`}
      </span>
    </span>
  );
}

/** Coarse: an estimate that counts seconds down pretends to know more than it does. */
function aboutTime(ms: number): string {
  if (ms < 60_000) return `${Math.max(5, Math.round(ms / 5000) * 5)} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.round(hours / 24)} d`;
}
