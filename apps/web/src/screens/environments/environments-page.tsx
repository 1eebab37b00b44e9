"use client";

import { type Environment, listEnvironments } from "@tessera/contracts/environment";
import { Boxes, Plus } from "lucide-react";
import { useState } from "react";
import { errorWords } from "../../data/error-words.ts";
import { useRefusal } from "../../data/permission.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Page } from "../../frame/page-frame.tsx";
import { useProjectCrumb } from "../../frame/use-project-crumb.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { RelativeTime } from "../../parts/figures.tsx";
import { countOf } from "../../parts/format/number.ts";
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
import { EnvironmentDialog } from "./environment-dialog.tsx";
import { environmentPath } from "./environment-paths.ts";
import { EnvironmentStateBadge, isBuilding } from "./environment-state.tsx";
import { readLock } from "./lock-packages.ts";

const buildingMs = 3000;

/** What can jobs run in? */
export function EnvironmentsPage({ project }: { project: string }) {
  const home = useProjectCrumb(project);
  const environments = useEndpoint(
    listEnvironments,
    { params: { project } },
    {
      refetchMs: (answer) =>
        answer?.items.some(({ latest }) => isBuilding(latest.state)) ? buildingMs : 0,
    },
  );
  const [creating, setCreating] = useState(false);
  const items = environments.data?.items;
  const create = <NewButton project={project} onPress={() => setCreating(true)} />;
  return (
    <Page crumbs={[home, { label: "Environments" }]} action={items?.length === 0 ? null : create}>
      {environments.isError ? (
        <ErrorPanel
          {...errorWords(environments.error, "Could not load the environments")}
          onRetry={() => void environments.refetch()}
          retrying={environments.isFetching}
        />
      ) : items === undefined ? (
        <SkeletonRows rows={6} columns={[24, 14, 12, 14, 30]} />
      ) : items.length === 0 ? (
        <EmptyState icon={<Boxes aria-hidden />} title="No environments yet" action={create}>
          An environment is a list of Python packages. It is resolved to exact versions once, built
          once, and every run remembers which revision it used.
        </EmptyState>
      ) : (
        <EnvironmentTable project={project} items={items} />
      )}
      {creating ? (
        <EnvironmentDialog
          project={project}
          taken={items?.map(({ name }) => name) ?? []}
          onClose={() => setCreating(false)}
        />
      ) : null}
    </Page>
  );
}

function NewButton({ project, onPress }: { project: string; onPress(): void }) {
  return (
    <Button
      variant="primary"
      icon={<Plus aria-hidden />}
      disabledReason={useRefusal(project)("environment.write")}
      onClick={onPress}
    >
      New environment
    </Button>
  );
}

function EnvironmentTable({ project, items }: { project: string; items: readonly Environment[] }) {
  return (
    <Table>
      <TableHead>
        <tr>
          <TableHeader>Name</TableHeader>
          <TableHeader numeric>Revision</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader>Contents</TableHeader>
          <TableHeader>Changed</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {items
          .toSorted((a, b) => a.name.localeCompare(b.name))
          .map((environment) => (
            <EnvironmentRow key={environment.id} project={project} environment={environment} />
          ))}
      </TableBody>
    </Table>
  );
}

function EnvironmentRow({ project, environment }: { project: string; environment: Environment }) {
  const { name, latest } = environment;
  return (
    <TableRow>
      <TableCell className="max-w-72">
        <TextLink
          href={environmentPath(project, name)}
          className="font-medium [overflow-wrap:anywhere]"
        >
          {name}
        </TextLink>
      </TableCell>
      <TableCell numeric>@{latest.number}</TableCell>
      <TableCell>
        <EnvironmentStateBadge state={latest.state} />
      </TableCell>
      <TableCell className="min-w-48 text-ink-2">
        <Contents environment={environment} />
      </TableCell>
      <TableCell>
        <RelativeTime time={latest.createdAt} />
      </TableCell>
    </TableRow>
  );
}

function Contents({ environment: { latest } }: { environment: Environment }) {
  if (latest.error !== null) {
    return (
      <span className="line-clamp-2 font-mono text-xs text-bad [overflow-wrap:anywhere]">
        {latest.error}
      </span>
    );
  }
  if (latest.image !== null) {
    return <span className="font-mono text-xs [overflow-wrap:anywhere]">{latest.image}</span>;
  }
  if (latest.lock === null) return <span className="text-ink-3">not resolved yet</span>;
  const { python, packages } = readLock(latest.lock);
  const on = python === undefined ? "" : ` on Python ${python}`;
  return `${countOf(packages.length, "package")}${on}`;
}
