"use client";

import { type DatasetVersion, listDatasetFiles } from "@tessera/contracts/dataset";
import { FileSearch } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useCallback, useMemo } from "react";
import { errorWords } from "../../data/error-words.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { FileTree } from "../../parts/file-tree/file-tree.tsx";
import { type FolderState, foldersOf } from "../../parts/file-tree/tree-rows.ts";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import { TreeAndFile } from "../run/files/tree-and-file.tsx";
import { DataFile } from "./data-file.tsx";

/** The files of a version, and what is in them. */
export function VersionFiles({ project, version }: { project: string; version: DatasetVersion }) {
  const params = { project, name: version.dataset, version: String(version.number) };
  const files = useEndpoint(listDatasetFiles, { params });
  const [chosen, setChosen] = useQueryState("file", parseAsString);
  const items = files.data?.items;
  const folders = useMemo(
    () => foldersOf((items ?? []).map((item) => ({ ...item, directory: false }))),
    [items],
  );
  const folder = useCallback(
    (path: string): FolderState => ({ kind: "known", entries: folders.get(path) ?? [] }),
    [folders],
  );
  if (files.isError) {
    return (
      <ErrorPanel
        {...errorWords(files.error, "Could not list the files")}
        onRetry={() => void files.refetch()}
        retrying={files.isFetching}
      />
    );
  }
  if (!items) return <SkeletonRows rows={8} columns={[30, 60]} />;
  const file = chosen === null ? items[0] : items.find(({ path }) => path === chosen);
  return (
    <TreeAndFile
      storageKey="data"
      tree={
        <FileTree
          label="Files of the version"
          folder={folder}
          selected={file?.path}
          onSelect={(next) => void setChosen(next)}
          className="flex-1"
        />
      }
      file={
        file === undefined ? (
          <EmptyState
            icon={<FileSearch aria-hidden />}
            title="There is no such file in this version"
          >
            Choose another one.
          </EmptyState>
        ) : (
          <DataFile key={file.path} params={params} file={file} />
        )
      }
    />
  );
}
