"use client";

import { getEnvironmentRevision } from "@tessera/contracts/environment";
import type { EnvironmentPin } from "@tessera/contracts/job";
import { useMemo } from "react";
import type { ReactNode } from "react";
import { errorWords } from "../../data/error-words.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Badge } from "../../parts/badge.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { countOf } from "../../parts/format/number.ts";
import { SkeletonText } from "../../parts/skeleton.tsx";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "../../parts/table.tsx";
import type { JobPairProps } from "./code-diff.tsx";
import { packageChanges } from "./package-changes.ts";
import type { PackageChange } from "./package-changes.ts";

/** Packages whose versions differ between the environments of two jobs. */
export function PackageDiff({ project, before, after }: JobPairProps) {
  const [old, now] = [before.environment, after.environment];
  if (old?.revisionId === now?.revisionId) {
    return (
      <Words>
        {old === null
          ? "Both ran without an environment."
          : `The packages are the same: both ran in ${titleOf(old)}.`}
      </Words>
    );
  }
  if (old === null || now === null) {
    const pin = old ?? now;
    return (
      <Words>
        Only the {old === null ? "second" : "first"} one ran in an environment
        {pin === null ? "" : `, ${titleOf(pin)}`}.
      </Words>
    );
  }
  return <LockDiff project={project} old={old} now={now} />;
}

function titleOf(pin: EnvironmentPin): string {
  return `${pin.name}@${pin.number}`;
}

function Words({ children }: { children: ReactNode }) {
  return <p className="text-sm text-ink-2">{children}</p>;
}

interface LockDiffProps {
  project: string;
  old: EnvironmentPin;
  now: EnvironmentPin;
}

function LockDiff({ project, old, now }: LockDiffProps) {
  const params = ({ name, number }: EnvironmentPin) => ({ params: { project, name, number } });
  const first = useEndpoint(getEnvironmentRevision, params(old));
  const second = useEndpoint(getEnvironmentRevision, params(now));
  const [before, after] = [first.data, second.data];
  const found = useMemo(
    () => packageChanges(before?.lock ?? "", after?.lock ?? ""),
    [before?.lock, after?.lock],
  );
  const failed = [first, second].find((query) => query.isError);
  if (failed) {
    return (
      <ErrorPanel
        {...errorWords(failed.error, "Could not compare the packages")}
        onRetry={() => void failed.refetch()}
        retrying={failed.isFetching}
      />
    );
  }
  if (before === undefined || after === undefined) return <SkeletonText lines={4} />;
  if (before.kind === "image" || after.kind === "image") {
    return (
      <Words>
        What is inside container images is not listed: {before.image ?? titleOf(old)} and{" "}
        {after.image ?? titleOf(now)}.
      </Words>
    );
  }
  return <Changes {...found} titles={[titleOf(old), titleOf(now)]} />;
}

interface ChangesProps {
  changes: readonly PackageChange[];
  same: number;
  titles: readonly [string, string];
}

function Changes({ changes, same, titles }: ChangesProps) {
  if (changes.length === 0)
    return (
      <p className="text-sm text-ink-2">
        {titles[0]} and {titles[1]} hold the same {countOf(same, "package")}.
      </p>
    );
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-ink-2">
        {countOf(changes.length, "package")} differ{changes.length === 1 ? "s" : ""},{" "}
        {countOf(same, "is", "are")} the same
      </p>
      <Table>
        <TableHead>
          <tr>
            <TableHeader>Package</TableHeader>
            <TableHeader>{titles[0]}</TableHeader>
            <TableHeader>{titles[1]}</TableHeader>
            <TableHeader>
              <span className="sr-only">Change</span>
            </TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {changes.map((change) => (
            <TableRow key={change.name}>
              <TableCell className="font-mono">{change.name}</TableCell>
              <TableCell className="font-mono">{change.before ?? "–"}</TableCell>
              <TableCell className="font-mono">{change.after ?? "–"}</TableCell>
              <TableCell>
                <ChangeBadge change={change} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function ChangeBadge({ change }: { change: PackageChange }) {
  if (change.before === null) return <Badge tone="good">added</Badge>;
  if (change.after === null) return <Badge tone="bad">removed</Badge>;
  return <Badge>changed</Badge>;
}
