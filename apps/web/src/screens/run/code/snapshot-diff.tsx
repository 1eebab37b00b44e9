"use client";

import { useQuery } from "@tanstack/react-query";
import { getSnapshotDiff } from "@tessera/contracts/code";
import dynamic from "next/dynamic";
import { client } from "../../../data/client.ts";
import { errorWords } from "../../../data/error-words.ts";
import { ErrorPanel } from "../../../parts/error-panel.tsx";
import { SkeletonText } from "../../../parts/skeleton.tsx";
import { CutNote } from "../files/file-frame.tsx";
import { readText } from "../files/read-text.ts";

const DiffView = dynamic(
  () => import("../../../parts/diff-view/diff-view.tsx").then((module) => module.DiffView),
  { ssr: false, loading: () => <SkeletonText lines={6} /> },
);

const limit = 4 * 1024 * 1024;

/** What the code had that its commit has not. */
export function SnapshotDiff({ project, id }: { project: string; id: string }) {
  const diff = useQuery({
    queryKey: [getSnapshotDiff.id, { project, id }],
    queryFn: async ({ signal }) =>
      readText(await client.open(getSnapshotDiff, { params: { project, id }, signal }), limit),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (diff.isError) {
    return (
      <ErrorPanel
        {...errorWords(diff.error, "Could not load the uncommitted changes")}
        onRetry={() => void diff.refetch()}
      />
    );
  }
  if (!diff.data) return <SkeletonText lines={6} />;
  return (
    <div className="flex flex-col gap-3">
      {diff.data.cut ? <CutNote shown={limit} sizeBytes={undefined} /> : null}
      <DiffView diff={diff.data.text} />
    </div>
  );
}
