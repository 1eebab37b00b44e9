"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { Badge } from "../badge.tsx";
import { cn } from "../class-names.ts";
import { CopyButton } from "../copy-button.tsx";
import { countOf, formatCount } from "../format/number.ts";
import { MiddleTruncate } from "../middle-truncate.tsx";
import { changedParts } from "./changed-part.ts";
import type { ChangedPart } from "./changed-part.ts";
import { parseDiff } from "./parse-diff.ts";
import type { DiffFile, DiffHunk, DiffLine } from "./parse-diff.ts";

export interface DiffViewProps {
  /** A unified diff. */
  diff: string;
  className?: string | undefined;
}

/** Longer files are folded at first. */
const openLines = 400;

/** A unified diff, file by file. */
export function DiffView({ diff, className }: DiffViewProps) {
  const files = useMemo(() => parseDiff(diff), [diff]);
  if (files.length === 0)
    return <p className={cn("text-ink-2", className)}>Nothing was changed.</p>;
  const added = files.reduce((sum, file) => sum + file.added, 0);
  const removed = files.reduce((sum, file) => sum + file.removed, 0);
  return (
    <div className={cn("flex min-w-0 flex-col gap-3", className)}>
      <div className="flex items-center gap-3 text-sm text-ink-2">
        {countOf(files.length, "file")} changed
        <Counts added={added} removed={removed} />
        <CopyButton text={diff} label="Copy the diff" />
      </div>
      {files.map((file) => (
        <FileDiff key={`${file.oldPath ?? ""}:${file.path}`} file={file} />
      ))}
    </div>
  );
}

function Counts({ added, removed }: { added: number; removed: number }) {
  return (
    <span className="tabular flex gap-1.5 text-xs">
      <span className="text-good">+{formatCount(added)}</span>
      <span className="text-bad">-{formatCount(removed)}</span>
    </span>
  );
}

function FileDiff({ file }: { file: DiffFile }) {
  const [open, setOpen] = useState(file.added + file.removed <= openLines);
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <section
      aria-label={file.path}
      className="min-w-0 overflow-hidden rounded-lg border border-line"
    >
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="focus-inset flex h-9 w-full items-center gap-2 bg-sunken px-2.5 text-left text-sm"
      >
        <Arrow className="size-4 shrink-0 text-ink-3" aria-hidden />
        <MiddleTruncate text={file.path} className="font-mono" />
        {file.status === "modified" ? null : <Badge>{file.status}</Badge>}
        <span className="ml-auto">
          <Counts added={file.added} removed={file.removed} />
        </span>
      </button>
      {open ? <FileBody file={file} /> : null}
    </section>
  );
}

function FileBody({ file }: { file: DiffFile }) {
  if (file.hunks.length === 0) {
    const words = file.binary
      ? "A binary file: there is no text to show."
      : "Its content is the same.";
    return <p className="px-3 py-2 text-sm text-ink-2">{words}</p>;
  }
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, by keyboard too
      tabIndex={0}
      role="group"
      aria-label={`Changes of ${file.path}`}
      className="focus-inset overflow-x-auto font-mono text-xs leading-[18px]"
    >
      {file.hunks.map((hunk, at) => (
        <Hunk key={at} hunk={hunk} />
      ))}
    </div>
  );
}

function Hunk({ hunk }: { hunk: DiffHunk }) {
  const parts = useMemo(() => changedParts(hunk.lines), [hunk]);
  return (
    <div
      style={{
        contentVisibility: "auto",
        containIntrinsicSize: `auto ${(hunk.lines.length + 1) * 18}px`,
      }}
      className="w-max min-w-full"
    >
      <div className="bg-accent-soft px-3 text-accent-ink">{hunk.heading}</div>
      {hunk.lines.map((line, at) => (
        <Line key={at} line={line} part={parts[at]} />
      ))}
    </div>
  );
}

const signs = { added: "+", removed: "-", context: " ", note: " " } as const;

function Line({ line, part }: { line: DiffLine; part: ChangedPart | undefined }) {
  const { kind, text, oldNumber, newNumber } = line;
  return (
    <div
      className={cn(
        "flex",
        kind === "added" && "bg-good-soft/60",
        kind === "removed" && "bg-bad-soft/60",
        kind === "note" && "text-ink-3 italic",
      )}
    >
      <LineNumber value={oldNumber} />
      <LineNumber value={newNumber} />
      <span
        className={cn(
          "w-6 shrink-0 text-center select-none",
          kind === "added" && "text-good",
          kind === "removed" && "text-bad",
        )}
      >
        {signs[kind]}
      </span>
      <code className="pr-4 whitespace-pre">
        {part ? <Changed text={text} part={part} kind={kind} /> : text}
      </code>
    </div>
  );
}

function LineNumber({ value }: { value: number | undefined }) {
  return (
    <span className="tabular w-11 shrink-0 pr-1.5 text-right text-ink-3 select-none">{value}</span>
  );
}

function Changed({
  text,
  part,
  kind,
}: {
  text: string;
  part: ChangedPart;
  kind: DiffLine["kind"];
}) {
  return (
    <>
      {text.slice(0, part[0])}
      <span className={cn("rounded-xs", kind === "added" ? "bg-good/22" : "bg-bad/20")}>
        {text.slice(part[0], part[1])}
      </span>
      {text.slice(part[1])}
    </>
  );
}
