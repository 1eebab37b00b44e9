"use client";

import { useQuery } from "@tanstack/react-query";
import { createArtifactLink } from "@tessera/contracts/run";
import { ExternalLink } from "lucide-react";
import { client } from "../../../data/client.ts";
import { errorWords } from "../../../data/error-words.ts";
import { ErrorPanel } from "../../../parts/error-panel.tsx";
import { Skeleton } from "../../../parts/skeleton.tsx";
import type { ArtifactRef } from "./artifact-ref.ts";

/** Links are good for ten minutes; a page that is opened again gets a new one in time. */
const goodForMs = 8 * 60_000;

/**
 * HTML or SVG: user content, which may run scripts. It comes from a host of its own, in a frame
 * that can reach neither the dashboard nor anybody's session.
 */
export function ArtifactPage({ artifact }: { artifact: ArtifactRef }) {
  const { project, id, path } = artifact;
  const link = useQuery({
    queryKey: [createArtifactLink.id, { project, id, path }],
    queryFn: ({ signal }) =>
      client.call(createArtifactLink, { params: { project, id }, body: { path }, signal }),
    staleTime: goodForMs,
    gcTime: goodForMs,
    refetchOnWindowFocus: false,
  });
  if (link.isError) {
    return (
      <ErrorPanel
        {...errorWords(link.error, `Could not open ${path}`)}
        onRetry={() => void link.refetch()}
        className="m-3"
      />
    );
  }
  if (!link.data) return <Skeleton className="m-3 h-40" />;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <iframe
        title={path}
        src={link.data.url}
        sandbox="allow-scripts"
        referrerPolicy="no-referrer"
        // Pages without a background of their own are meant for white paper.
        className="min-h-0 w-full flex-1 bg-white [color-scheme:light]"
      />
      <p className="flex flex-wrap items-center gap-x-3 border-t border-line px-3 py-1 text-xs text-ink-3">
        Shown apart from the dashboard: what it runs, it runs on a host of its own.
        <a
          href={link.data.url}
          target="_blank"
          rel="noopener noreferrer"
          className="inline-flex items-center gap-1 rounded-xs underline underline-offset-2 hover:text-ink"
        >
          Open alone <ExternalLink className="size-3" aria-label="in a new tab" />
        </a>
      </p>
    </div>
  );
}
