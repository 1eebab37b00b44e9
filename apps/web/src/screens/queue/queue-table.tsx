"use client";

import { cancelJob } from "@tessera/contracts/job";
import { getQueue, type QueueEntry } from "@tessera/contracts/queue";
import Link from "next/link";
import type { ReactNode } from "react";
import { client } from "../../data/client.ts";
import { useAction } from "../../data/use-action.ts";
import { projectPath } from "../../frame/navigation.ts";
import { Button } from "../../parts/button.tsx";
import { Elapsed } from "../../parts/figures.tsx";
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

type Kind = "running" | "waiting";

interface QueueTableProps {
  readonly title: string;
  readonly kind: Kind;
  readonly entries: readonly QueueEntry[];
  /** Jobs of projects that one cannot see. */
  readonly hidden: number;
  readonly empty: ReactNode;
}

const heads: Record<Kind, readonly string[]> = {
  running: ["Job", "State", "Runs for", "Machine", "Asks for", "By", ""],
  waiting: ["Job", "Place", "Waits for", "Why", "Asks for", "By", ""],
};

/** What runs, or what waits. */
export function QueueTable({ title, kind, entries, hidden, empty }: QueueTableProps) {
  return (
    <section>
      <h2 className="mb-2 flex items-baseline gap-2 text-base font-semibold">
        {title}
        <span className="tabular text-sm font-normal text-ink-3">{entries.length}</span>
      </h2>
      {entries.length === 0 ? (
        empty
      ) : (
        <Table>
          <TableHead>
            <tr>
              {heads[kind].map((head) => (
                <TableHeader key={head}>
                  {head === "" ? <span className="sr-only">Actions</span> : head}
                </TableHeader>
              ))}
            </tr>
          </TableHead>
          <TableBody>
            {entries.map((entry) => (
              <EntryRow key={entry.id} entry={entry} kind={kind} />
            ))}
          </TableBody>
        </Table>
      )}
      {hidden > 0 ? (
        <p className="mt-2 text-sm text-ink-3">
          and {hidden} of projects that you are not a member of
        </p>
      ) : null}
    </section>
  );
}

function demand({ tier }: QueueEntry): string {
  const gpus = tier.gpus > 0 ? `, ${tier.gpus} GPU${tier.gpus === 1 ? "" : "s"}` : "";
  return `${tier.cpus} CPU, ${Math.round(tier.memoryMb / 102.4) / 10} GB${gpus} (${tier.name})`;
}

function EntryRow({ entry, kind }: { entry: QueueEntry; kind: Kind }) {
  return (
    <TableRow>
      <TableCell className="max-w-72">
        <Link
          href={projectPath(entry.project, "runs", entry.id)}
          className="flex min-w-0 items-center gap-2 font-medium hover:underline"
        >
          <RunDot runId={entry.id} />
          <span className="truncate">{entry.name}</span>
          <span className="truncate font-normal text-ink-3">{entry.project}</span>
        </Link>
      </TableCell>
      {kind === "running" ? <RunningCells entry={entry} /> : <WaitingCells entry={entry} />}
      <TableCell className="whitespace-nowrap text-ink-2">{demand(entry)}</TableCell>
      <TableCell className="max-w-40 truncate text-ink-2">{entry.submittedBy}</TableCell>
      <TableCell className="text-right">
        <CancelButton entry={entry} />
      </TableCell>
    </TableRow>
  );
}

function RunningCells({ entry }: { entry: QueueEntry }) {
  return (
    <>
      <TableCell>
        <StateBadge state={entry.state} />
      </TableCell>
      <TableCell>{entry.startedAt === null ? "—" : <Elapsed since={entry.startedAt} />}</TableCell>
      <TableCell className="max-w-52 truncate font-mono">
        {entry.node ?? "—"}
        {entry.gpuIndexes.length > 0 ? ` · GPU ${entry.gpuIndexes.join(", ")}` : ""}
      </TableCell>
    </>
  );
}

function WaitingCells({ entry }: { entry: QueueEntry }) {
  return (
    <>
      <TableCell className="tabular">{entry.position ?? "—"}</TableCell>
      <TableCell className="whitespace-nowrap">
        <Elapsed since={entry.submittedAt} />
      </TableCell>
      <TableCell className="max-w-96 min-w-56">{entry.reason ?? "about to be placed"}</TableCell>
    </>
  );
}

function CancelButton({ entry }: { entry: QueueEntry }) {
  const cancel = useAction({
    run: () => client.call(cancelJob, { params: { project: entry.project, id: entry.id } }),
    failure: `Could not cancel ${entry.name}`,
    stale: [getQueue],
  });
  return (
    <Button
      size="sm"
      variant="ghost"
      aria-label={`Cancel ${entry.name}`}
      busy={cancel.busy}
      onClick={() => cancel.run(undefined)}
    >
      Cancel
    </Button>
  );
}
