"use client";

import type { WorkloadState } from "@tessera/contracts/job";
import { cn } from "../../parts/class-names.ts";
import { Duration, NumberValue } from "../../parts/figures.tsx";
import { formatDuration } from "../../parts/format/duration.ts";
import { formatNumber, fullNumber } from "../../parts/format/number.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { deltaOf, isBetter } from "./compare-rows.ts";
import type { CompareRow, CompareValue } from "./compare-rows.ts";

export interface CompareCellProps {
  row: CompareRow;
  runId: string;
  baseline: string;
}

/** What a run has there: beside a number its distance from the baseline's, the best one strong. */
export function CompareCell({ row, runId, baseline }: CompareCellProps) {
  const value = row.values.get(runId) ?? null;
  const base = row.values.get(baseline) ?? null;
  const own = runId === baseline;
  if (value === null) return <span className="text-ink-3">–</span>;
  if (typeof value === "number") {
    const delta = own ? undefined : deltaOf(value, base);
    return (
      <span className="flex min-w-0 flex-1 items-baseline justify-end gap-2">
        {delta === undefined ? null : <Delta row={row} delta={delta} />}
        <span className={cn(value === row.best && "font-semibold", !row.differs && "text-ink-3")}>
          <Figure row={row} value={value} />
        </span>
      </span>
    );
  }
  return <TextValue row={row} value={value} changed={!own && value !== base} />;
}

function Figure({ row, value }: { row: CompareRow; value: number }) {
  if (row.id === "duration") return <Duration ms={value} />;
  return Number.isNaN(value) ? (
    <span className="text-warn">NaN</span>
  ) : (
    <NumberValue value={value} />
  );
}

function Delta({ row, delta }: { row: CompareRow; delta: number }) {
  const better = isBetter(delta, row.goal);
  const sign = delta > 0 ? "+" : "−";
  const size = Math.abs(delta);
  const shown =
    row.id === "duration" ? formatDuration(size) : formatNumber(Number(size.toPrecision(3)));
  return (
    <span
      title={`${fullNumber(delta)} from the baseline${better === undefined ? "" : better ? ": better" : ": worse"}`}
      className={cn(
        "tabular min-w-0 truncate text-xs",
        better === true && "text-good",
        better === false && "text-bad",
        better === undefined && "text-ink-3",
      )}
    >
      {sign}
      {shown}
    </span>
  );
}

const inMono = new Set(["command", "code", "commit"]);

interface TextValueProps {
  row: CompareRow;
  value: Exclude<CompareValue, number | null>;
  changed: boolean;
}

function TextValue({ row, value, changed }: TextValueProps) {
  if (row.id === "state") return <StateBadge state={value as WorkloadState} />;
  return (
    <span
      title={value}
      className={cn(
        "truncate",
        inMono.has(row.id) && "font-mono text-xs",
        changed && "rounded-xs bg-accent-soft px-1 text-accent-ink",
        !row.differs && "text-ink-3",
      )}
    >
      {value === "" ? "empty" : value}
    </span>
  );
}
