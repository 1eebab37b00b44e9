"use client";

import { compareSnapshots, type FileDiff } from "@tessera/contracts/code";
import { getJob } from "@tessera/contracts/job";
import type { Run } from "@tessera/contracts/run";
import dynamic from "next/dynamic";
import { errorWords } from "../../data/error-words.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { SkeletonText } from "../../parts/skeleton.tsx";
import { PackageDiff } from "./package-diff.tsx";

const DiffView = dynamic(
  () => import("../../parts/diff-view/diff-view.tsx").then((module) => module.DiffView),
  { ssr: false, loading: () => <SkeletonText lines={6} /> },
);

interface CodeDiffProps {
  readonly project: string;
  readonly before: Run;
  readonly after: Run;
}

/** What changed in code and packages from the baseline to one of the others. */
export function CodeDiff({ project, before, after }: CodeDiffProps) {
  const old = useEndpoint(
    getJob,
    { params: { project, id: before.id } },
    { enabled: before.hasJob },
  );
  const now = useEndpoint(getJob, { params: { project, id: after.id } }, { enabled: after.hasJob });
  if (!before.hasJob || !after.hasJob) {
    return (
      <p className="text-sm text-ink-2">
        Code and packages are known of runs that the platform ran; one of these was only tracked.
      </p>
    );
  }
  if (old.data === undefined || now.data === undefined) return <SkeletonText lines={4} />;
  return (
    <div className="flex flex-col gap-6">
      <SnapshotDiff project={project} before={old.data.snapshotId} after={now.data.snapshotId} />
      <PackageDiff project={project} before={old.data.environment} after={now.data.environment} />
    </div>
  );
}

interface SnapshotDiffProps {
  readonly project: string;
  readonly before: string | null;
  readonly after: string | null;
}

function SnapshotDiff({ project, before, after }: SnapshotDiffProps) {
  const same = before === after;
  const diff = useEndpoint(
    compareSnapshots,
    { params: { project, id: before ?? "", other: after ?? "" } },
    { enabled: before !== null && after !== null && !same },
  );
  if (before === null || after === null) {
    return <p className="text-sm text-ink-2">One of them ran without code of its own.</p>;
  }
  if (diff.isError) {
    return <ErrorPanel {...errorWords(diff.error, "Could not compare the code")} />;
  }
  if (same || diff.data?.items.length === 0) {
    return <p className="text-sm text-ink-2">The code is the same.</p>;
  }
  if (diff.data === undefined) return <SkeletonText lines={6} />;
  return <FileDiffs items={diff.data.items} />;
}

function FileDiffs({ items }: { items: readonly FileDiff[] }) {
  const patches = items.flatMap((item) => (item.patch === null ? [] : [item.patch]));
  return (
    <div className="flex flex-col gap-2">
      {items
        .filter((item) => item.patch === null)
        .map((item) => (
          <p key={item.path} className="text-sm text-ink-2">
            <span className="font-mono">{item.path}</span> {item.change}; too large or not text
          </p>
        ))}
      {patches.length > 0 ? <DiffView diff={patches.join("\n")} /> : null}
    </div>
  );
}
