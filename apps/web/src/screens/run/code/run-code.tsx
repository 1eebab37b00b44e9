"use client";

import { getSnapshot, type GitState, type Snapshot } from "@tessera/contracts/code";
import type { Job } from "@tessera/contracts/job";
import type { Run } from "@tessera/contracts/run";
import { FolderCode } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { errorWords } from "../../../data/error-words.ts";
import { useEndpoint } from "../../../data/use-endpoint.ts";
import { CommandLine } from "../../../parts/copy-button.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { ErrorPanel } from "../../../parts/error-panel.tsx";
import { SkeletonRows } from "../../../parts/skeleton.tsx";
import { Segmented } from "../../../parts/segmented.tsx";
import { commandLine } from "../command-words.ts";
import { GitFacts } from "./git-facts.tsx";
import { SnapshotDiff } from "./snapshot-diff.tsx";
import { SnapshotFiles } from "./snapshot-files.tsx";

export interface RunCodeProps {
  project: string;
  run: Run;
  job: Job | undefined;
}

/** What ran: the command, and the code as it was. */
export function RunCode({ project, run, job }: RunCodeProps) {
  if (job === undefined) return <TrackedCode run={run} />;
  return (
    <div className="flex flex-col gap-4">
      <CommandLine command={commandLine(job.command)} className="w-full" />
      {job.snapshotId === null ? (
        <EmptyState icon={<FolderCode aria-hidden />} title="This job brought no code">
          Its command ran in an empty folder.
        </EmptyState>
      ) : (
        <SnapshotCode project={project} id={job.snapshotId} />
      )}
    </div>
  );
}

/** A run from elsewhere: what its client told of its code. */
function TrackedCode({ run: { tags } }: { run: Run }) {
  const name = tags["mlflow.source.name"];
  const git: GitState = {
    commit: tags["mlflow.source.git.commit"] ?? null,
    branch: tags["mlflow.source.git.branch"] ?? null,
    remote: tags["mlflow.source.git.repoURL"] ?? null,
    dirty: tags["mlflow.source.git.dirty"] === "true",
  };
  return (
    <div className="flex flex-col gap-4">
      {name === undefined ? null : <CommandLine command={name} className="w-full" />}
      <GitFacts git={git} />
      <p className="text-sm text-ink-3">
        This run was tracked from elsewhere: its code is not kept here.
      </p>
    </div>
  );
}

function SnapshotCode({ project, id }: { project: string; id: string }) {
  const snapshot = useEndpoint(getSnapshot, { params: { project, id } });
  if (snapshot.isError) {
    return (
      <ErrorPanel
        {...errorWords(snapshot.error, "Could not load the code")}
        onRetry={() => void snapshot.refetch()}
        retrying={snapshot.isFetching}
      />
    );
  }
  if (!snapshot.data) return <SkeletonRows rows={6} columns={[30, 60]} />;
  return (
    <>
      <GitFacts git={snapshot.data.git} snapshot={snapshot.data} />
      <SnapshotContent project={project} snapshot={snapshot.data} />
    </>
  );
}

const views = ["changes", "files"] as const;

function SnapshotContent({ project, snapshot }: { project: string; snapshot: Snapshot }) {
  const { state, error, hasDiff } = snapshot;
  const [view, setView] = useQueryState(
    "code",
    parseAsStringLiteral(views).withDefault(hasDiff ? "changes" : "files"),
  );
  if (state === "cloning") {
    return <EmptyState icon={<FolderCode aria-hidden />} title="The code is being cloned" />;
  }
  if (state === "failed") {
    return <ErrorPanel title="The code could not be cloned" detail={error ?? undefined} />;
  }
  if (!hasDiff) return <SnapshotFiles project={project} snapshot={snapshot} />;
  return (
    <div className="flex flex-col gap-3">
      <Segmented
        label="Code"
        value={view}
        onValueChange={(next) => void setView(next)}
        options={[
          { value: "changes", label: "Uncommitted changes" },
          { value: "files", label: "Files" },
        ]}
        className="self-start"
      />
      {view === "changes" ? (
        <SnapshotDiff project={project} id={snapshot.id} />
      ) : (
        <SnapshotFiles project={project} snapshot={snapshot} />
      )}
    </div>
  );
}
