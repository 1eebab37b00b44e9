"use client";

import { getEnvironmentRevision } from "@tessera/contracts/environment";
import type { EnvironmentPin } from "@tessera/contracts/job";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { SkeletonText } from "../../parts/skeleton.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../parts/table.tsx";
import { diffLocks, type PackageChange } from "./diff-locks.ts";

interface PackageDiffProps {
  readonly project: string;
  readonly before: EnvironmentPin | null;
  readonly after: EnvironmentPin | null;
}

function useLock(project: string, pin: EnvironmentPin | null) {
  const params = { project, name: pin?.name ?? "none", number: pin?.number ?? 1 };
  return useEndpoint(getEnvironmentRevision, { params }, { enabled: pin !== null });
}

function titleOf(pin: EnvironmentPin | null): string {
  return pin === null ? "none" : `${pin.name}@${pin.number}`;
}

/** Packages whose versions differ between two environments. */
export function PackageDiff({ project, before, after }: PackageDiffProps) {
  const old = useLock(project, before);
  const now = useLock(project, after);
  if (before?.revisionId === after?.revisionId) {
    return <p className="text-sm text-ink-2">The environment is the same: {titleOf(before)}.</p>;
  }
  // What is not asked for is never loading.
  if (old.isLoading || now.isLoading) return <SkeletonText lines={4} />;
  const changes = diffLocks(old.data?.lock ?? "", now.data?.lock ?? "");
  return <ChangeTable changes={changes} titles={[titleOf(before), titleOf(after)]} />;
}

interface ChangeTableProps {
  readonly changes: readonly PackageChange[];
  readonly titles: readonly string[];
}

function ChangeTable({ changes, titles }: ChangeTableProps) {
  if (changes.length === 0) return <p className="text-sm text-ink-2">The packages are the same.</p>;
  return (
    <Table>
      <TableHead>
        <tr>
          <TableHeader>Package</TableHeader>
          {titles.map((title) => (
            <TableHeader key={title}>{title}</TableHeader>
          ))}
        </tr>
      </TableHead>
      <TableBody>
        {changes.map((change) => (
          <TableRow key={change.name}>
            <TableCell className="font-mono">{change.name}</TableCell>
            <TableCell className="font-mono">{change.before ?? "—"}</TableCell>
            <TableCell className="font-mono">{change.after ?? "—"}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
