"use client";

import type { Run } from "@tessera/contracts/run";
import { Eye, EyeOff } from "lucide-react";
import Link from "next/link";
import { projectPath } from "../../frame/navigation.ts";
import { cn } from "../../parts/class-names.ts";
import { CopyableId } from "../../parts/copy-button.tsx";
import { Duration, Elapsed, NumberValue, RelativeTime } from "../../parts/figures.tsx";
import { RunDot } from "../../parts/run-colors/run-dot.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { durationOf } from "../run-fields/run-values.ts";
import { useChartedRuns } from "./charted-runs.tsx";

/** Whether its curves are shown, its colour, its state, and its name as the link to it. */
export function NameCell({ run }: { run: Run }) {
  const { highlighted } = useChartedRuns();
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2">
      <ChartEye run={run} />
      <StateBadge state={run.state} compact />
      <Link
        href={projectPath(run.project, "runs", run.id)}
        prefetch={false}
        tabIndex={-1}
        title={run.name}
        className={cn(
          "truncate rounded-xs font-medium hover:underline",
          run.id === highlighted && "text-accent-ink",
          run.deleted && "text-ink-3 line-through",
        )}
      >
        {run.name === "" ? run.id : run.name}
      </Link>
    </span>
  );
}

/** The run's dot; over open charts it is the button that hides and shows the run's lines. */
function ChartEye({ run }: { run: Run }) {
  const { open, shown, hidden, toggle } = useChartedRuns();
  if (!open) return <RunDot runId={run.id} />;
  const away = hidden.has(run.id);
  const Icon = away ? EyeOff : Eye;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-pressed={!away}
      aria-label={`${run.name} in the charts`}
      title={away ? "Show in the charts" : "Hide from the charts"}
      onClick={() => toggle(run.id)}
      className="group/eye -m-1 inline-flex size-[18px] shrink-0 items-center justify-center rounded-xs text-ink-3 hover:bg-hover hover:text-ink"
    >
      {away ? null : (
        <RunDot
          runId={run.id}
          className={cn("group-hover/eye:hidden", !shown.has(run.id) && "opacity-30")}
        />
      )}
      <Icon aria-hidden className={cn("size-3.5", !away && "hidden group-hover/eye:block")} />
    </button>
  );
}

export function StateCell({ run }: { run: Run }) {
  return (
    <span title={run.reason ?? undefined} className="flex min-w-0">
      <StateBadge state={run.state} />
    </span>
  );
}

export function StartedCell({ run }: { run: Run }) {
  return run.startedAt === null ? null : (
    <RelativeTime time={run.startedAt} className="text-ink-2" />
  );
}

/** How long it took; a run that still runs counts on. */
export function DurationCell({ run }: { run: Run }) {
  const ms = durationOf(run);
  if (ms !== null) return <Duration ms={ms} />;
  if (run.startedAt === null || run.state !== "running") return null;
  return <Elapsed since={run.startedAt} className="text-accent-ink" />;
}

export function ExperimentCell({ run }: { run: Run }) {
  const address = `${projectPath(run.project, "runs")}?experiment=${encodeURIComponent(run.experimentId)}`;
  return (
    <Link
      href={address}
      prefetch={false}
      tabIndex={-1}
      title={run.experimentName}
      className="truncate rounded-xs text-ink-2 hover:text-ink hover:underline"
    >
      {run.experimentName}
    </Link>
  );
}

export function IdCell({ run }: { run: Run }) {
  return <CopyableId id={run.id} />;
}

export function MetricCell({ value }: { value: number | null }) {
  if (value === null) return null;
  if (Number.isNaN(value)) return <span className="text-warn">NaN</span>;
  return <NumberValue value={value} className="truncate" />;
}
