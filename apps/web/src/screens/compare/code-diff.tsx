"use client";

import { compareSnapshots } from "@tessera/contracts/code";
import type { Job } from "@tessera/contracts/job";
import dynamic from "next/dynamic";
import { useMemo } from "react";
import { errorWords } from "../../data/error-words.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { SkeletonText } from "../../parts/skeleton.tsx";
import { asGitDiff } from "./code-changes.ts";

const DiffView = dynamic(
  () => import("../../parts/diff-view/diff-view.tsx").then((module) => module.DiffView),
  { ssr: false, loading: () => <SkeletonText lines={6} /> },
);

export interface JobPairProps {
  project: string;
  before: Job;
  after: Job;
}

/** The code of two jobs, file by file. */
export function CodeDiff({ project, before, after }: JobPairProps) {
  const [old, now] = [before.snapshotId, after.snapshotId];
  if (old === now) {
    return <Words>{old === null ? "Both ran without code of their own." : sameCode}</Words>;
  }
  if (old === null || now === null) {
    const which = old === null ? "second" : "first";
    return <Words>Only the {which} one ran with code of its own.</Words>;
  }
  return <SnapshotDiff project={project} old={old} now={now} />;
}

const sameCode = "The code is the same, file by file.";

function Words({ children }: { children: React.ReactNode }) {
  return <p className="text-sm text-ink-2">{children}</p>;
}

function SnapshotDiff({ project, old, now }: { project: string; old: string; now: string }) {
  const diff = useEndpoint(compareSnapshots, { params: { project, id: old, other: now } });
  const items = diff.data?.items;
  const text = useMemo(() => asGitDiff(items ?? []), [items]);
  if (diff.isError) {
    return (
      <ErrorPanel
        {...errorWords(diff.error, "Could not compare the code")}
        onRetry={() => void diff.refetch()}
        retrying={diff.isFetching}
      />
    );
  }
  if (items === undefined) return <SkeletonText lines={6} />;
  return items.length === 0 ? <Words>{sameCode}</Words> : <DiffView diff={text} />;
}
