"use client";

import type { Run } from "@tessera/contracts/run";
import { GitCompare } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { parseAsArrayOf, parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { errorWords } from "../../data/error-words.ts";
import { Page } from "../../frame/page-frame.tsx";
import { projectPath } from "../../frame/navigation.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Select } from "../../parts/select.tsx";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import { CodeDiff } from "./code-diff.tsx";
import { DiffTable } from "./diff-table.tsx";
import { MOST_RUNS, useComparedRuns } from "./use-compared-runs.ts";

const CompareCharts = dynamic(
  () => import("./compare-charts.tsx").then((module) => module.CompareCharts),
  { ssr: false },
);
const CompareParallel = dynamic(
  () => import("./compare-parallel.tsx").then((module) => module.CompareParallel),
  { ssr: false },
);

const parsers = {
  runs: parseAsArrayOf(parseAsString).withDefault([]),
  baseline: parseAsString,
  /** The run whose code is held against the baseline's. */
  code: parseAsString,
};

/** What differs? */
export function ComparePage({ project }: { project: string }) {
  const [address, setAddress] = useQueryStates(parsers, { history: "replace" });
  const ids = useMemo(() => [...new Set(address.runs)].slice(0, MOST_RUNS), [address.runs]);
  const { runs, missing, pending } = useComparedRuns(project, ids);
  const baseline = runs.find((run) => run.id === address.baseline) ?? runs[0];
  return (
    <Page
      crumbs={[
        { label: "Runs", href: projectPath(project, "runs") },
        { label: ids.length === 0 ? "Compare" : `Compare ${ids.length} runs` },
      ]}
    >
      {ids.length === 0 ? <NothingChosen project={project} /> : null}
      {missing.map(({ id, error }) => (
        <p key={id} role="alert" className="mb-2 text-sm text-warn">
          <span className="font-mono">{id}</span> is left out:{" "}
          {errorWords(error, "").detail ?? "it could not be loaded"}
        </p>
      ))}
      {pending ? <SkeletonRows rows={8} /> : null}
      {!pending && baseline !== undefined ? (
        <div className="flex flex-col gap-8">
          <DiffTable
            project={project}
            runs={runs}
            baseline={baseline.id}
            onBaselineChange={(id) => void setAddress({ baseline: id })}
          />
          <CompareCharts project={project} runs={runs} />
          <CompareParallel project={project} runs={runs} />
          <CodeSection
            project={project}
            runs={runs}
            baseline={baseline}
            chosen={address.code}
            onChoose={(id) => void setAddress({ code: id })}
          />
        </div>
      ) : null}
    </Page>
  );
}

function NothingChosen({ project }: { project: string }) {
  return (
    <EmptyState
      icon={<GitCompare aria-hidden />}
      title="No runs chosen"
      action={
        <Button asChild variant="primary">
          <Link href={projectPath(project, "runs")}>Choose runs</Link>
        </Button>
      }
    >
      Select two or more in the table of runs, then press c.
    </EmptyState>
  );
}

interface CodeSectionProps {
  readonly project: string;
  readonly runs: readonly Run[];
  readonly baseline: Run;
  readonly chosen: string | null;
  onChoose(id: string): void;
}

function CodeSection({ project, runs, baseline, chosen, onChoose }: CodeSectionProps) {
  const others = runs.filter((run) => run.id !== baseline.id);
  const after = others.find((run) => run.id === chosen) ?? others[0];
  if (after === undefined) return null;
  return (
    <section aria-label="Code and packages">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <h2 className="text-base font-semibold">Code and packages</h2>
        <span className="text-sm text-ink-2">from {baseline.name} to</span>
        <Select
          size="sm"
          aria-label="Run to compare the code of"
          value={after.id}
          onValueChange={onChoose}
          options={others.map((run) => ({ value: run.id, label: run.name }))}
        />
      </div>
      <CodeDiff project={project} before={baseline} after={after} />
    </section>
  );
}
