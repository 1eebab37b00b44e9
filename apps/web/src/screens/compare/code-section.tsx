"use client";

import type { Job } from "@tessera/contracts/job";
import type { Run } from "@tessera/contracts/run";
import { errorWords } from "../../data/error-words.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Select } from "../../parts/select.tsx";
import { SkeletonText } from "../../parts/skeleton.tsx";
import { CodeDiff } from "./code-diff.tsx";
import { PackageDiff } from "./package-diff.tsx";
import { Section } from "./section.tsx";

export interface CodeSectionProps {
  project: string;
  runs: readonly Run[];
  jobs: ReadonlyMap<string, Job>;
  /** Why some jobs could not be read. */
  error: Error | null;
  baseline: Run;
  chosen: string | null;
  onChoose(id: string): void;
}

/** What changed in code and packages from the baseline to one of the others. */
export function CodeSection(props: CodeSectionProps) {
  const { project, runs, jobs, baseline, chosen, onChoose } = props;
  const others = runs.filter((run) => run.id !== baseline.id);
  const after = others.find((run) => run.id === chosen) ?? firstDifferent(others, jobs, baseline);
  if (after === undefined) return null;
  const [before, now] = [jobs.get(baseline.id), jobs.get(after.id)];
  const tracked = [baseline, after].filter((run) => !run.hasJob);
  return (
    <Section
      title="Code and packages"
      tools={
        <span className="flex min-w-0 items-center gap-2 text-sm text-ink-2">
          <span className="max-w-40 truncate" title={baseline.name}>
            {baseline.name}
          </span>
          <span aria-hidden>→</span>
          <span className="sr-only">to</span>
          <Select
            size="sm"
            aria-label="Run whose code is compared with the baseline’s"
            value={after.id}
            onValueChange={onChoose}
            options={others.map((run) => ({ value: run.id, label: run.name }))}
            className="max-w-56"
          />
        </span>
      }
    >
      {tracked.length > 0 ? (
        <TrackedOnly runs={tracked} />
      ) : before === undefined || now === undefined ? (
        <Pending error={props.error} />
      ) : (
        <div className="flex flex-col gap-5">
          <CodeDiff project={project} before={before} after={now} />
          <PackageDiff project={project} before={before} after={now} />
        </div>
      )}
    </Section>
  );
}

function Pending({ error }: { error: Error | null }) {
  if (error === null) return <SkeletonText lines={4} />;
  return <ErrorPanel {...errorWords(error, "Could not read how these ran")} />;
}

function TrackedOnly({ runs }: { runs: readonly Run[] }) {
  return (
    <p className="rounded-lg border border-line px-4 py-6 text-center text-sm text-ink-2">
      <span className="font-medium [overflow-wrap:anywhere] text-ink">
        {runs.map((run) => run.name).join(" and ")}
      </span>{" "}
      ran elsewhere and {runs.length === 1 ? "was" : "were"} only tracked here, so what code that
      was is not known. Runs through the queue keep their code and packages.
    </p>
  );
}

/** The first run whose code or packages are not the baseline's: there is something to see. */
function firstDifferent(
  others: readonly Run[],
  jobs: ReadonlyMap<string, Job>,
  baseline: Run,
): Run | undefined {
  const base = jobs.get(baseline.id);
  const differs = (run: Run) => {
    const job = jobs.get(run.id);
    return (
      base !== undefined &&
      job !== undefined &&
      (job.snapshotId !== base.snapshotId ||
        job.environment?.revisionId !== base.environment?.revisionId)
    );
  };
  return others.find(differs) ?? others[0];
}
