"use client";

import { listSweeps, type Sweep } from "@tessera/contracts/sweep";
import { Target } from "lucide-react";
import { errorWords } from "../../data/error-words.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Page } from "../../frame/page-frame.tsx";
import { useProjectCrumb } from "../../frame/use-project-crumb.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { NumberValue, RelativeTime } from "../../parts/figures.tsx";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../parts/table.tsx";
import { TextLink } from "../../parts/text-link.tsx";
import { sweepPath } from "./sweep-path.ts";
import { endedCount, SweepStateBadge } from "./sweep-state.tsx";
import { ValueList } from "./value-list.tsx";

const command =
  "tessera sweep --minimize loss -n 20 -- python train.py --lr '{{loguniform(1e-5,1e-1)}}'";

/** What is searched for, and what was found? */
export function SweepsPage({ project }: { project: string }) {
  const home = useProjectCrumb(project);
  const sweeps = useEndpoint(listSweeps, { params: { project } });
  const items = sweeps.data?.items;
  return (
    <Page crumbs={[home, { label: "Sweeps" }]}>
      {sweeps.isError ? (
        <ErrorPanel
          {...errorWords(sweeps.error, "Could not load the sweeps")}
          onRetry={() => void sweeps.refetch()}
          retrying={sweeps.isFetching}
        />
      ) : items === undefined ? (
        <SkeletonRows rows={6} columns={[24, 12, 12, 14, 30]} />
      ) : items.length === 0 ? (
        <EmptyState icon={<Target aria-hidden />} title="No sweeps yet" command={command}>
          A sweep runs a command again and again and finds the values with which it does best.
        </EmptyState>
      ) : (
        <SweepTable project={project} items={items} />
      )}
    </Page>
  );
}

function SweepTable({ project, items }: { project: string; items: readonly Sweep[] }) {
  return (
    <Table>
      <TableHead>
        <tr>
          <TableHeader>Name</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader numeric>Trials</TableHeader>
          <TableHeader numeric>Best</TableHeader>
          <TableHeader>With</TableHeader>
          <TableHeader>Started</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {items.map((sweep) => (
          <SweepRow key={sweep.id} project={project} sweep={sweep} />
        ))}
      </TableBody>
    </Table>
  );
}

function SweepRow({ project, sweep }: { project: string; sweep: Sweep }) {
  const { best } = sweep;
  return (
    <TableRow>
      <TableCell className="max-w-72 min-w-36">
        <TextLink
          href={sweepPath(project, sweep.id)}
          className="font-medium [overflow-wrap:anywhere]"
        >
          {sweep.name}
        </TextLink>
      </TableCell>
      <TableCell>
        <SweepStateBadge state={sweep.state} />
      </TableCell>
      <TableCell numeric>
        {endedCount(sweep)} of {sweep.maxTrials}
      </TableCell>
      <TableCell numeric>
        {best?.objective == null ? "—" : <NumberValue value={best.objective} />}{" "}
        <span className="text-ink-3">{sweep.metric}</span>
      </TableCell>
      <TableCell className="min-w-48">
        {best === null ? null : <ValueList values={best.values} />}
      </TableCell>
      <TableCell>
        <RelativeTime time={sweep.createdAt} />
      </TableCell>
    </TableRow>
  );
}
