"use client";

import type { Run } from "@tessera/contracts/run";
import { useState } from "react";
import Link from "next/link";
import { projectPath } from "../../frame/navigation.ts";
import { Button } from "../../parts/button.tsx";
import { CheckboxLine } from "../../parts/checkbox.tsx";
import { cn } from "../../parts/class-names.ts";
import { NumberValue } from "../../parts/figures.tsx";
import { formatNumber } from "../../parts/format/number.ts";
import { RunDot } from "../../parts/run-colors/run-dot.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../parts/table.tsx";
import { deltaOf, type DiffRow, type DiffValue, diffRows } from "./diff-rows.ts";

interface DiffTableProps {
  readonly project: string;
  readonly runs: readonly Run[];
  readonly baseline: string;
  onBaselineChange(id: string): void;
}

/** Params and metrics of the runs side by side: what differs stands first. */
export function DiffTable({ project, runs, baseline, onBaselineChange }: DiffTableProps) {
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const rows = diffRows(runs).filter((row) => row.differs || !onlyDifferent);
  const base = Math.max(
    0,
    runs.findIndex((run) => run.id === baseline),
  );
  return (
    <section aria-label="Params and metrics">
      <div className="mb-2 flex items-center gap-3">
        <h2 className="text-base font-semibold">Params and metrics</h2>
        <span className="ml-auto">
          <CheckboxLine
            checked={onlyDifferent}
            onCheckedChange={(checked) => setOnlyDifferent(checked === true)}
          >
            Only what differs
          </CheckboxLine>
        </span>
      </div>
      <Table>
        <TableHead>
          <tr>
            <TableHeader>Name</TableHeader>
            {runs.map((run) => (
              <TableHeader key={run.id} className="min-w-40 py-2 align-top">
                <RunHead
                  project={project}
                  run={run}
                  isBaseline={run.id === baseline}
                  onBaseline={() => onBaselineChange(run.id)}
                />
              </TableHeader>
            ))}
          </tr>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <ValuesRow key={`${row.kind}:${row.key}`} row={row} runs={runs} base={base} />
          ))}
        </TableBody>
      </Table>
    </section>
  );
}

interface RunHeadProps {
  readonly project: string;
  readonly run: Run;
  readonly isBaseline: boolean;
  onBaseline(): void;
}

function RunHead({ project, run, isBaseline, onBaseline }: RunHeadProps) {
  return (
    <span className="flex flex-col items-start gap-1">
      <Link
        href={projectPath(project, "runs", run.id)}
        className="flex max-w-52 items-center gap-1.5 text-sm font-semibold text-ink hover:underline"
      >
        <RunDot runId={run.id} />
        <span className="truncate" title={run.name}>
          {run.name}
        </span>
      </Link>
      <StateBadge state={run.state} />
      {isBaseline ? (
        <span className="text-ink-2">baseline</span>
      ) : (
        <Button size="sm" variant="ghost" className="-ml-2" onClick={onBaseline}>
          Make baseline
        </Button>
      )}
    </span>
  );
}

function ValuesRow(props: { row: DiffRow; runs: readonly Run[]; base: number }) {
  const { row, runs, base } = props;
  return (
    <TableRow>
      <TableCell className="whitespace-nowrap">
        <span className={cn("font-medium", !row.differs && "text-ink-2")}>{row.key}</span>{" "}
        <span className="text-ink-3">{row.kind}</span>
      </TableCell>
      {runs.map((run, index) => (
        <TableCell key={run.id} className={cn("whitespace-nowrap", !row.differs && "text-ink-2")}>
          <Value value={row.values[index]} />
          {index === base ? null : <Delta value={row.values[index]} base={row.values[base]} />}
        </TableCell>
      ))}
    </TableRow>
  );
}

function Value({ value }: { value: DiffValue }) {
  if (value === undefined) return <span className="text-ink-3">—</span>;
  if (typeof value === "number") return <NumberValue value={value} />;
  return (
    <span className="inline-block max-w-64 truncate align-bottom font-mono" title={value}>
      {value}
    </span>
  );
}

function Delta({ value, base }: { value: DiffValue; base: DiffValue }) {
  const delta = deltaOf(value, base);
  if (delta === null || delta === 0) return null;
  return (
    <span className="tabular ml-2 text-ink-2">
      {delta > 0 ? "+" : "−"}
      {formatNumber(Math.abs(delta))}
    </span>
  );
}
