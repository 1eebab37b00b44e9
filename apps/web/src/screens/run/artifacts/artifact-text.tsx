"use client";

import { useQuery } from "@tanstack/react-query";
import { getArtifact } from "@tessera/contracts/run";
import { FileX } from "lucide-react";
import { client } from "../../../data/client.ts";
import { errorWords } from "../../../data/error-words.ts";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { ErrorPanel } from "../../../parts/error-panel.tsx";
import { SkeletonText } from "../../../parts/skeleton.tsx";
import { CutNote } from "../files/file-frame.tsx";
import { type PreviewKind, textLimit } from "../files/preview-kind.ts";
import { readText } from "../files/read-text.ts";
import { TextBody } from "../files/text-body.tsx";
import { type ArtifactRef, artifactUrl } from "./artifact-ref.ts";
import { resolveBeside } from "./resolve-beside.ts";

export interface ArtifactTextProps {
  artifact: ArtifactRef;
  kind: PreviewKind;
  source: boolean;
}

/** An artifact that is text, or turns out to be none. */
export function ArtifactText({ artifact, kind, source }: ArtifactTextProps) {
  const { project, id, path, sizeBytes } = artifact;
  const limit = textLimit(kind);
  const file = useQuery({
    queryKey: [getArtifact.id, { project, id, path, limit, sizeBytes }],
    queryFn: async ({ signal }) => {
      const headers = sizeBytes === 0 ? {} : { range: `bytes=0-${limit - 1}` };
      const input = { params: { project, id }, query: { path }, headers, signal };
      return readText(await client.open(getArtifact, input), limit);
    },
    // The size comes with the folder's list a moment later: what is read already stays.
    placeholderData: (before) => before,
    staleTime: 60_000,
    gcTime: 60_000,
  });
  if (file.isError) {
    return (
      <ErrorPanel
        {...errorWords(file.error, `Could not read ${path}`)}
        onRetry={() => void file.refetch()}
        className="m-3"
      />
    );
  }
  if (!file.data) {
    return (
      <div className="p-4">
        <SkeletonText lines={6} />
      </div>
    );
  }
  if (file.data.binary) {
    return (
      <EmptyState icon={<FileX aria-hidden />} title="There is no preview of this kind of file">
        It is no text. Download it to open it with a program that knows it.
      </EmptyState>
    );
  }
  const resolve = (target: string) => {
    const beside = resolveBeside(path, target);
    return beside === undefined ? undefined : artifactUrl(artifact, beside);
  };
  return (
    <div className="flex h-full min-h-0 flex-col">
      {file.data.cut ? <CutNote shown={limit} sizeBytes={sizeBytes} /> : null}
      <div className="min-h-0 flex-1">
        <TextBody path={path} kind={kind} file={file.data} source={source} resolve={resolve} />
      </div>
    </div>
  );
}
