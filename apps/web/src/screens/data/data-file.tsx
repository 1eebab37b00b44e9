"use client";

import { useQuery } from "@tanstack/react-query";
import { type DatasetFile, getDatasetFile } from "@tessera/contracts/dataset";
import { FileX } from "lucide-react";
import { useState } from "react";
import { client } from "../../data/client.ts";
import { errorWords } from "../../data/error-words.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { SkeletonText } from "../../parts/skeleton.tsx";
import { CutNote, FileFrame } from "../run/files/file-frame.tsx";
import { MediaBody } from "../run/files/media-body.tsx";
import { hasSource, type PreviewKind, previewKind, textLimit } from "../run/files/preview-kind.ts";
import { readText } from "../run/files/read-text.ts";
import { TextBody } from "../run/files/text-body.tsx";

interface DataFileProps {
  params: { readonly project: string; readonly name: string; readonly version: string };
  file: DatasetFile;
}

/** Pages among the data are shown as text: nothing of them runs. */
function kindOf(path: string): PreviewKind {
  const kind = previewKind(path);
  return kind === "page" ? "text" : kind;
}

/** One file of a dataset, shown as what it is. */
export function DataFile({ params, file }: DataFileProps) {
  const { path, sizeBytes } = file;
  const kind = kindOf(path);
  const [source, setSource] = useState(false);
  const src = client.urlOf(getDatasetFile, { params, query: { path } });
  return (
    <FileFrame
      path={path}
      sizeBytes={sizeBytes}
      downloadHref={src}
      source={hasSource(kind) ? source : undefined}
      onSourceChange={setSource}
    >
      {kind === "image" || kind === "audio" || kind === "video" ? (
        <MediaBody path={path} sizeBytes={sizeBytes} src={src} kind={kind} />
      ) : (
        <DataText params={params} file={file} kind={kind} source={source} />
      )}
    </FileFrame>
  );
}

interface DataTextProps extends DataFileProps {
  kind: PreviewKind;
  source: boolean;
}

/** A file that is text, or turns out to be none. */
function DataText({ params, file, kind, source }: DataTextProps) {
  const { path, sizeBytes, sha256 } = file;
  const limit = textLimit(kind);
  const text = useQuery({
    queryKey: [getDatasetFile.id, { ...params, path, sha256 }],
    queryFn: async ({ signal }) => {
      const headers = sizeBytes === 0 ? {} : { range: `bytes=0-${limit - 1}` };
      const input = { params, query: { path }, headers, signal };
      return readText(await client.open(getDatasetFile, input), limit);
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  if (text.isError) {
    return (
      <ErrorPanel
        {...errorWords(text.error, `Could not read ${path}`)}
        onRetry={() => void text.refetch()}
        className="m-3"
      />
    );
  }
  if (!text.data) {
    return (
      <div className="p-4">
        <SkeletonText lines={6} />
      </div>
    );
  }
  if (text.data.binary) {
    return (
      <EmptyState icon={<FileX aria-hidden />} title="There is no preview of this kind of file">
        It is no text. Download it to open it with a program that knows it.
      </EmptyState>
    );
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      {text.data.cut ? <CutNote shown={limit} sizeBytes={sizeBytes} /> : null}
      <div className="min-h-0 flex-1">
        <TextBody path={path} kind={kind} file={text.data} source={source} />
      </div>
    </div>
  );
}
