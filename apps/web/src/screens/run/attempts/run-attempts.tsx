"use client";

import type { Attempt, Job } from "@tessera/contracts/job";
import { Repeat } from "lucide-react";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { Elapsed, RelativeTime } from "../../../parts/figures.tsx";
import { StateBadge } from "../../../parts/state-badge.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../../parts/table.tsx";
import { TextLink } from "../../../parts/text-link.tsx";
import { projectPath } from "../../../frame/navigation.ts";

/** Each time that the command was started: where, how long, and how it ended. */
export function RunAttempts({ project, job }: { project: string; job: Job }) {
  if (job.attempts.length === 0) {
    return (
      <EmptyState icon={<Repeat aria-hidden />} title="The command was not started yet">
        {job.state === "queued" ? (
          <>
            It waits in the <TextLink href={projectPath(project, "queue")}>queue</TextLink>
            {job.reason === null ? "." : `: ${job.reason}.`}
          </>
        ) : (
          "It ended before that."
        )}
      </EmptyState>
    );
  }
  const limit =
    job.maxRetries === 0
      ? "A failure is not repeated; the platform's own faults are made good by themselves."
      : `A failure is repeated up to ${job.maxRetries} times.`;
  return (
    <div className="flex flex-col gap-2">
      <Table>
        <TableHead>
          <tr>
            <TableHeader numeric>Attempt</TableHeader>
            <TableHeader>State</TableHeader>
            <TableHeader>Reason</TableHeader>
            <TableHeader numeric>Exit</TableHeader>
            <TableHeader>Machine</TableHeader>
            <TableHeader>GPUs</TableHeader>
            <TableHeader>Started</TableHeader>
            <TableHeader numeric>Took</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {job.attempts.toReversed().map((attempt) => (
            <AttemptRow key={attempt.id} attempt={attempt} />
          ))}
        </TableBody>
      </Table>
      <p className="text-sm text-ink-3">{limit}</p>
    </div>
  );
}

function AttemptRow({ attempt }: { attempt: Attempt }) {
  const { number, state, reason, node, gpuIndexes, startedAt, finishedAt } = attempt;
  return (
    <TableRow>
      <TableCell numeric>{number}</TableCell>
      <TableCell>
        <StateBadge state={state} />
      </TableCell>
      <TableCell className="min-w-48 [overflow-wrap:anywhere]">{reason ?? dash}</TableCell>
      <TableCell numeric className="font-mono">
        {attempt.signal ?? attempt.exitCode ?? dash}
      </TableCell>
      <TableCell className="max-w-48 truncate" title={node ?? undefined}>
        {node ?? dash}
      </TableCell>
      <TableCell className="whitespace-nowrap">
        {gpuIndexes.length === 0 ? dash : gpuIndexes.join(", ")}
      </TableCell>
      <TableCell>{startedAt === null ? dash : <RelativeTime time={startedAt} />}</TableCell>
      <TableCell numeric>
        {startedAt === null ? dash : <Elapsed since={startedAt} until={finishedAt} />}
      </TableCell>
    </TableRow>
  );
}

const dash = <span className="text-ink-3">–</span>;
