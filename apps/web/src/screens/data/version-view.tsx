"use client";

import type { DatasetVersion } from "@tessera/contracts/dataset";
import { parseAsInteger, parseAsStringLiteral, useQueryState } from "nuqs";
import { CommandLine, CopyableId } from "../../parts/copy-button.tsx";
import { Bytes, RelativeTime } from "../../parts/figures.tsx";
import { countOf } from "../../parts/format/number.ts";
import { Segmented } from "../../parts/segmented.tsx";
import { Select } from "../../parts/select.tsx";
import { VersionChanges } from "./version-changes.tsx";
import { VersionFiles } from "./version-files.tsx";

export interface VersionViewProps {
  project: string;
  version: DatasetVersion;
  /** All of the dataset's, newest first. */
  all: readonly DatasetVersion[];
}

const views = ["files", "changes"] as const;

/** One version: its facts, and its files or what it changed. */
export function VersionView({ project, version, all }: VersionViewProps) {
  const [view, setView] = useQueryState("view", parseAsStringLiteral(views).withDefault("files"));
  const [from, setFrom] = useQueryState("from", parseAsInteger);
  const others = all.filter(({ number }) => number !== version.number);
  const before = others.find(({ number }) => number < version.number) ?? others[0];
  const other = others.find(({ number }) => number === from) ?? before;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Facts version={version} />
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Show"
          value={view}
          onValueChange={(next) => void setView(next)}
          options={[
            { value: "files", label: "Files" },
            { value: "changes", label: "Changes" },
          ]}
        />
        {view === "changes" && other ? (
          <span className="flex items-center gap-2 text-sm text-ink-2">
            since
            <Select
              size="sm"
              aria-label="Changes since version"
              value={String(other.number)}
              onValueChange={(next) => void setFrom(Number(next))}
              options={others.map(({ number }) => ({ value: `${number}`, label: `@${number}` }))}
            />
          </span>
        ) : null}
      </div>
      {view === "changes" ? (
        <VersionChanges project={project} version={version} since={other} />
      ) : (
        <VersionFiles key={version.id} project={project} version={version} />
      )}
    </div>
  );
}

function Facts({ version }: { version: DatasetVersion }) {
  const { dataset, number, message, fileCount, sizeBytes, createdBy, createdAt, digest } = version;
  return (
    <div className="flex flex-col gap-3">
      {message === "" ? null : <p className="[overflow-wrap:anywhere]">{message}</p>}
      <p className="flex flex-wrap items-center gap-x-5 gap-y-1 text-sm text-ink-2">
        <span>{countOf(fileCount, "file")}</span>
        <Bytes value={sizeBytes} />
        <span>by {createdBy}</span>
        <RelativeTime time={createdAt} />
        <CopyableId id={digest} />
      </p>
      <CommandLine
        command={`tessera run --data ${dataset}@${number}:data -- python train.py`}
        className="w-full"
      />
    </div>
  );
}
