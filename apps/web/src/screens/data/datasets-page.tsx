"use client";

import { type Dataset, listDatasets } from "@tessera/contracts/dataset";
import { Database, Upload } from "lucide-react";
import { useState } from "react";
import { errorWords } from "../../data/error-words.ts";
import { useRefusal } from "../../data/permission.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { Page } from "../../frame/page-frame.tsx";
import { useProjectCrumb } from "../../frame/use-project-crumb.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Bytes, RelativeTime } from "../../parts/figures.tsx";
import { formatCount } from "../../parts/format/number.ts";
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
import { datasetPath } from "./data-paths.ts";
import { UploadDialog } from "./upload/upload-dialog.tsx";

/** What is there to train on? */
export function DatasetsPage({ project }: { project: string }) {
  const home = useProjectCrumb(project);
  const datasets = useEndpoint(listDatasets, { params: { project } });
  const items = datasets.data?.items;
  const [uploading, setUploading] = useState(false);
  const upload = (
    <Button
      variant="primary"
      icon={<Upload aria-hidden />}
      disabledReason={useRefusal(project)("data.write")}
      onClick={() => setUploading(true)}
    >
      New dataset
    </Button>
  );
  return (
    <Page crumbs={[home, { label: "Data" }]} action={items?.length === 0 ? null : upload}>
      {datasets.isError ? (
        <ErrorPanel
          {...errorWords(datasets.error, "Could not load the datasets")}
          onRetry={() => void datasets.refetch()}
          retrying={datasets.isFetching}
        />
      ) : items === undefined ? (
        <SkeletonRows rows={6} columns={[24, 10, 10, 12, 30, 14]} />
      ) : items.length === 0 ? (
        <EmptyState
          icon={<Database aria-hidden />}
          title="No datasets yet"
          command="tessera data push ./folder --dataset digits"
          action={upload}
        >
          A dataset is a folder of files with numbered versions that never change. A run asks for
          one by its name, and remembers which version it had.
        </EmptyState>
      ) : (
        <DatasetTable project={project} items={items} />
      )}
      {uploading ? <UploadDialog project={project} onClose={() => setUploading(false)} /> : null}
    </Page>
  );
}

function DatasetTable({ project, items }: { project: string; items: readonly Dataset[] }) {
  return (
    <Table>
      <TableHead>
        <tr>
          <TableHeader>Name</TableHeader>
          <TableHeader numeric>Version</TableHeader>
          <TableHeader numeric>Files</TableHeader>
          <TableHeader numeric>Size</TableHeader>
          <TableHeader>What is new</TableHeader>
          <TableHeader>Changed</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {items.map(({ name, latest }) => (
          <TableRow key={name}>
            <TableCell className="max-w-72 min-w-36">
              <TextLink
                href={datasetPath(project, name)}
                className="font-medium [overflow-wrap:anywhere]"
              >
                {name}
              </TextLink>
            </TableCell>
            <TableCell numeric>@{latest.number}</TableCell>
            <TableCell numeric>{formatCount(latest.fileCount)}</TableCell>
            <TableCell numeric>
              <Bytes value={latest.sizeBytes} />
            </TableCell>
            <TableCell className="min-w-48 text-ink-2">
              <span className="line-clamp-2 [overflow-wrap:anywhere]">{latest.message}</span>
            </TableCell>
            <TableCell>
              <RelativeTime time={latest.createdAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
