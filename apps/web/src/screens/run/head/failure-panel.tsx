"use client";

import type { Job } from "@tessera/contracts/job";
import { getJobLog } from "@tessera/contracts/log";
import { CircleAlert, SquareTerminal } from "lucide-react";
import { useState } from "react";
import { useEndpoint } from "../../../data/use-endpoint.ts";
import { Button } from "../../../parts/button.tsx";
import { findFirstError } from "../../../parts/log-view/first-error.ts";
import { errorLine, withoutColours } from "./error-line.ts";
import { jobLogSource } from "../logs/job-log-source.ts";

const lastLines = 10;

/** Why a run failed, with the end of its output: the first thing that one wants to see. */
export function FailurePanel({ project, job }: { project: string; job: Job }) {
  const log = useEndpoint(getJobLog, {
    params: { project, id: job.id },
    query: { from: -lastLines, limit: lastLines },
  });
  const lines = log.data?.lines ?? [];
  const written = lines.filter(({ stream }) => stream !== "system");
  const texts = written.map(({ text }) => withoutColours(text));
  const error = errorLine(texts);
  return (
    <section
      aria-label="Why it failed"
      className="overflow-hidden rounded-lg border border-line bg-surface"
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-2">
        <CircleAlert className="size-4 shrink-0 text-bad" aria-hidden />
        <p className="min-w-0 flex-1 basis-60 [overflow-wrap:anywhere]">
          {error === undefined ? null : <span className="mr-2 font-medium">{error}</span>}
          <span className={error === undefined ? "font-medium" : "text-ink-2"}>
            {failureWords(job)}
          </span>
        </p>
        {log.data !== undefined && log.data.total > 0 ? (
          <OpenLogButton project={project} job={job} />
        ) : null}
      </div>
      {texts.length === 0 ? null : (
        <pre
          aria-label="The end of the output"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, by keyboard too
          tabIndex={0}
          className="focus-inset max-h-44 overflow-auto border-t border-line bg-sunken px-3 py-2 font-mono text-xs leading-[18px]"
        >
          {texts.join("\n")}
        </pre>
      )}
    </section>
  );
}

/** The reason as a sentence; where the process told only a number, the number. */
function failureWords(job: Job): string {
  const reason = job.reason ?? job.attempts.at(-1)?.reason ?? "it ended without a reason";
  const tries = job.attempts.length;
  const sentence = `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}`;
  return tries > 1 ? `${sentence}, after ${tries} attempts` : sentence;
}

function OpenLogButton({ project, job }: { project: string; job: Job }) {
  const [busy, setBusy] = useState(false);
  const open = async () => {
    setBusy(true);
    const source = jobLogSource({ project, id: job.id });
    const line = await findFirstError(source, AbortSignal.timeout(10_000)).catch(() => undefined);
    setBusy(false);
    const at = line === undefined ? "" : `&lines=${line + 1}`;
    window.history.pushState(null, "", `?tab=logs${at}`);
  };
  return (
    <Button size="sm" busy={busy} icon={<SquareTerminal aria-hidden />} onClick={() => void open()}>
      Open the log at the first error
    </Button>
  );
}
