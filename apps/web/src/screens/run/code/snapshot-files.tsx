"use client";

import { useQuery } from "@tanstack/react-query";
import { getSnapshotFile, listSnapshotFiles, type Snapshot } from "@tessera/contracts/code";
import { FileSearch, FileX } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useCallback, useMemo, useState } from "react";
import { client } from "../../../data/client.ts";
import { errorWords } from "../../../data/error-words.ts";
import { useEndpoint } from "../../../data/use-endpoint.ts";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { ErrorPanel } from "../../../parts/error-panel.tsx";
import { FileTree } from "../../../parts/file-tree/file-tree.tsx";
import { type FolderState, foldersOf } from "../../../parts/file-tree/tree-rows.ts";
import { SkeletonRows, SkeletonText } from "../../../parts/skeleton.tsx";
import { CutNote, FileFrame } from "../files/file-frame.tsx";
import { hasSource, type PreviewKind, previewKind, textLimit } from "../files/preview-kind.ts";
import { readText } from "../files/read-text.ts";
import { TextBody } from "../files/text-body.tsx";
import { TreeAndFile } from "../files/tree-and-file.tsx";
import { firstFile } from "./first-file.ts";

/** The files of the code that ran. */
export function SnapshotFiles({ project, snapshot }: { project: string; snapshot: Snapshot }) {
  const files = useEndpoint(listSnapshotFiles, { params: { project, id: snapshot.id } });
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
  if (items.length === 0) return <EmptyState title="The folder had no files" />;
  const path = chosen ?? firstFile(items.map((item) => item.path));
  const file = items.find((item) => item.path === path);
  return (
    <TreeAndFile
      storageKey="code"
      tree={
        <FileTree
          label="Files of the code"
          folder={folder}
          selected={path}
          onSelect={(next) => void setChosen(next)}
          className="flex-1"
        />
      }
      file={
        file === undefined ? (
          <EmptyState icon={<FileSearch aria-hidden />} title="There is no such file in this code">
            Choose another one.
          </EmptyState>
        ) : (
          <CodeFile
            key={file.path}
            file={{ project, id: snapshot.id, path: file.path, sizeBytes: file.sizeBytes }}
          />
        )
      }
    />
  );
}

interface CodeFileRef {
  readonly project: string;
  readonly id: string;
  readonly path: string;
  readonly sizeBytes: number;
}

/** Pages and pictures among the code are shown as text, or not at all: nothing of them runs. */
function kindOf(path: string): PreviewKind {
  const kind = previewKind(path);
  return kind === "page" ? "text" : kind;
}

function CodeFile({ file }: { file: CodeFileRef }) {
  const { project, id, path, sizeBytes } = file;
  const kind = kindOf(path);
  const [source, setSource] = useState(kind !== "markdown");
  const input = { params: { project, id }, query: { path } };
  const text = useQuery({
    queryKey: [getSnapshotFile.id, { project, id, path }],
    queryFn: async ({ signal }) =>
      readText(await client.open(getSnapshotFile, { ...input, signal }), textLimit(kind)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  return (
    <FileFrame
      path={path}
      sizeBytes={sizeBytes}
      downloadHref={client.urlOf(getSnapshotFile, input)}
      source={hasSource(kind) ? source : undefined}
      onSourceChange={setSource}
    >
      {text.isError ? (
        <ErrorPanel
          {...errorWords(text.error, `Could not read ${path}`)}
          onRetry={() => void text.refetch()}
          className="m-3"
        />
      ) : !text.data ? (
        <div className="p-4">
          <SkeletonText lines={8} />
        </div>
      ) : text.data.binary ? (
        <EmptyState icon={<FileX aria-hidden />} title="This file is no text">
          Download it to open it with a program that knows it.
        </EmptyState>
      ) : (
        <div className="flex h-full min-h-0 flex-col">
          {text.data.cut ? <CutNote shown={textLimit(kind)} sizeBytes={sizeBytes} /> : null}
          <div className="min-h-0 flex-1">
            <TextBody path={path} kind={kind} file={text.data} source={source} />
          </div>
        </div>
      )}
    </FileFrame>
  );
}
