"use client";

import type { Job } from "@tessera/contracts/job";
import { downloadJobLog } from "@tessera/contracts/log";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useEffect, useMemo, useRef, useState } from "react";
import { client } from "../../../data/client.ts";
import { errorWords } from "../../../data/error-words.ts";
import { type LineRange, LogView } from "../../../parts/log-view/log-view.tsx";
import { Segmented } from "../../../parts/segmented.tsx";
import { isActive } from "../use-run-data.ts";
import { jobLogSource } from "./job-log-source.ts";
import { parseAsLines } from "./line-range.ts";

const streams = ["all", "stdout", "stderr"] as const;

const choices = [
  { value: "all", label: "All", title: "Both streams, as they came" },
  { value: "stdout", label: "stdout", title: "Standard output alone" },
  { value: "stderr", label: "stderr", title: "Standard error alone" },
] as const;

/** A job's output, live. */
export function RunLog({ project, job }: { project: string; job: Job }) {
  const [stream, setStream] = useQueryState(
    "stream",
    parseAsStringLiteral(streams).withDefault("all"),
  );
  const [lines, setLines] = useQueryState("lines", parseAsLines);
  const { jump, pick, box } = useJumps(lines);
  const source = useMemo(
    () => jobLogSource({ project, id: job.id, stream: stream === "all" ? undefined : stream }),
    [project, job.id, stream],
  );
  const change = (next: (typeof streams)[number]) => {
    // Lines are counted within what is shown.
    void setLines(null);
    void setStream(next);
  };
  return (
    <div ref={box} className="scroll-mt-14">
      <LogView
        key={jump}
        source={source}
        attempts={job.attempts.length}
        selection={lines ?? undefined}
        onSelectionChange={(next) => {
          pick(next ?? null);
          void setLines(next ?? null);
        }}
        tools={<Segmented label="Stream" value={stream} onValueChange={change} options={choices} />}
        downloadHref={client.urlOf(downloadJobLog, { params: { project, id: job.id } })}
        explain={(error) => errorWords(error, "Could not read the log")}
        empty={emptyWords(job, stream)}
        className="h-[max(360px,calc(100dvh-125px))] overflow-hidden rounded-lg border border-line"
      />
    </div>
  );
}

/** Tells lines that an address led to, and brings the log into sight for them, from picked ones. */
function useJumps(lines: LineRange | null) {
  const [known, setKnown] = useState<LineRange | null>(null);
  const [jump, setJump] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  if (String(known) !== String(lines)) {
    setKnown(lines);
    if (lines !== null) setJump(jump + 1);
  }
  useEffect(() => {
    if (jump > 0) box.current?.scrollIntoView({ block: "start" });
  }, [jump]);
  return { jump, box, pick: setKnown };
}

function emptyWords(job: Job, stream: string): string {
  if (stream !== "all") return `Nothing on ${stream}${isActive(job.state) ? " yet" : ""}`;
  if (job.state === "queued") return "The output will appear here once the command runs";
  return isActive(job.state) ? "No output yet" : "The command wrote nothing";
}
