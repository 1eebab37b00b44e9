import type { Sweep, Trial } from "@tessera/contracts/sweep";
import { Star } from "lucide-react";
import { Elapsed, NumberValue } from "../../parts/figures.tsx";
import { RunDot } from "../../parts/run-colors/run-dot.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../parts/table.tsx";
import { TextLink } from "../../parts/text-link.tsx";
import { runPath } from "../run/run-paths.ts";
import { TrialStateBadge } from "./sweep-state.tsx";
import { ValueList } from "./value-list.tsx";

interface TrialTableProps {
  project: string;
  sweep: Sweep;
  /** In the order to be shown. */
  trials: readonly Trial[];
}

/** A sweep's trials, each with its run. */
export function TrialTable({ project, sweep, trials }: TrialTableProps) {
  return (
    <Table>
      <TableHead>
        <tr>
          <TableHeader>Trial</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader numeric>{sweep.metric}</TableHeader>
          <TableHeader>Values</TableHeader>
          <TableHeader numeric>Time</TableHeader>
          <TableHeader>Why</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {trials.map((trial) => (
          <TrialRow
            key={trial.number}
            project={project}
            trial={trial}
            best={trial.number === sweep.best?.number}
          />
        ))}
      </TableBody>
    </Table>
  );
}

interface TrialRowProps {
  project: string;
  trial: Trial;
  best: boolean;
}

function TrialRow({ project, trial, best }: TrialRowProps) {
  const { number, runId, objective } = trial;
  return (
    <TableRow>
      <TableCell className="whitespace-nowrap">
        <span className="flex items-center gap-2">
          {runId === null ? null : <RunDot runId={runId} />}
          {runId === null ? number : <TextLink href={runPath(project, runId)}>{number}</TextLink>}
          {best ? <Star aria-label="the best" className="size-3.5 fill-current text-warn" /> : null}
        </span>
      </TableCell>
      <TableCell>
        <TrialStateBadge trial={trial} />
      </TableCell>
      <TableCell numeric>{objective === null ? "—" : <NumberValue value={objective} />}</TableCell>
      <TableCell className="min-w-48">
        <ValueList values={trial.values} />
      </TableCell>
      <TableCell numeric>
        <Elapsed since={trial.createdAt} until={trial.finishedAt ?? undefined} />
      </TableCell>
      <TableCell className="max-w-96 text-ink-2">{trial.reason}</TableCell>
    </TableRow>
  );
}
