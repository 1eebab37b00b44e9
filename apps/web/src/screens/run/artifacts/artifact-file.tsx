"use client";

import { useState } from "react";
import { FileFrame } from "../files/file-frame.tsx";
import { MediaBody } from "../files/media-body.tsx";
import { hasSource, previewKind } from "../files/preview-kind.ts";
import { ArtifactPage } from "./artifact-page.tsx";
import { type ArtifactRef, artifactUrl } from "./artifact-ref.ts";
import { ArtifactText } from "./artifact-text.tsx";

/** One artifact, shown as what it is. */
export function ArtifactFile({ artifact }: { artifact: ArtifactRef }) {
  const [source, setSource] = useState(false);
  const { path, sizeBytes } = artifact;
  const kind = previewKind(path);
  const src = artifactUrl(artifact, path);
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
      ) : kind === "page" && !source ? (
        <ArtifactPage artifact={artifact} />
      ) : (
        <ArtifactText artifact={artifact} kind={kind} source={source} />
      )}
    </FileFrame>
  );
}
