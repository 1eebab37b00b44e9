"use client";

import {
  compareDatasetVersions,
  type DatasetChange,
  type DatasetVersion,
} from "@tessera/contracts/dataset";
import { Equal, Sprout } from "lucide-react";
import { errorWords } from "../../data/error-words.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Badge } from "../../parts/badge.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Bytes } from "../../parts/figures.tsx";
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

interface VersionChangesProps {
  project: string;
  version: DatasetVersion;
  since: DatasetVersion | undefined;
}

/** Which files a version has that another has not, or has otherwise. */
export function VersionChanges({ project, version, since }: VersionChangesProps) {
  if (since === undefined) {
    return (
      <EmptyState icon={<Sprout aria-hidden />} title="This is the only version">
        What changes is shown here once there is another.
      </EmptyState>
    );
  }
  return <Changes project={project} version={version} since={since} />;
}

/** More lines than anybody reads. */
const SHOWN = 1000;

function Changes({ project, version, since }: VersionChangesProps & { since: DatasetVersion }) {
  const { dataset: name, number } = version;
  const params = { project, name, version: String(since.number), other: String(number) };
  const query = { limit: SHOWN };
  const changes = useEndpoint(compareDatasetVersions, { params, query });
  if (changes.isError) {
    return (
      <ErrorPanel
        {...errorWords(changes.error, "Could not compare the versions")}
        onRetry={() => void changes.refetch()}
        retrying={changes.isFetching}
      />
    );
  }
  if (!changes.data) return <SkeletonRows rows={6} columns={[50, 12, 12, 12]} />;
  const { items, nextPageToken } = changes.data;
  if (items.length === 0) {
    return <EmptyState icon={<Equal aria-hidden />} title="Both versions have the same files" />;
  }
  const more = nextPageToken === undefined ? "" : "; those that follow are not shown";
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-ink-2">
        {countOf(items.length, "file")} differ{items.length === 1 ? "s" : ""}
        {more}
      </p>
      <ChangeTable items={items} />
    </div>
  );
}

const tones = { added: "good", removed: "bad", changed: "warn" } as const;

function ChangeTable({ items }: { items: readonly DatasetChange[] }) {
  return (
    <Table>
      <TableHead>
        <tr>
          <TableHeader>File</TableHeader>
          <TableHeader>Change</TableHeader>
          <TableHeader numeric>Before</TableHeader>
          <TableHeader numeric>After</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {items.map(({ path, change, before, after }) => (
          <TableRow key={path}>
            <TableCell className="font-mono text-xs [overflow-wrap:anywhere]">{path}</TableCell>
            <TableCell>
              <Badge tone={tones[change]}>{change}</Badge>
            </TableCell>
            <TableCell numeric>{before ? <Bytes value={before.sizeBytes} /> : null}</TableCell>
            <TableCell numeric>{after ? <Bytes value={after.sizeBytes} /> : null}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
