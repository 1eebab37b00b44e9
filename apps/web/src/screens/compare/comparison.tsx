"use client";

import type { Run } from "@tessera/contracts/run";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { projectPath } from "../../frame/navigation.ts";
import { CheckboxLine } from "../../parts/checkbox.tsx";
import { CodeSection } from "./code-section.tsx";
import { CompareCharts } from "./compare-charts.tsx";
import { CompareParallel } from "./compare-parallel.tsx";
import { compareRows } from "./compare-rows.ts";
import { RunChips } from "./run-chips.tsx";
import { Section } from "./section.tsx";
import type { CompareAddress, SetCompareAddress } from "./use-compare-address.ts";
import { useJobs } from "./use-compared-runs.ts";
import { ValuesTable } from "./values-table.tsx";

export interface ComparisonProps {
  project: string;
  /** At least one. */
  runs: readonly Run[];
  address: CompareAddress;
  setAddress: SetCompareAddress;
}

/** The runs held against each other: values, curves, what goes with what, code and packages. */
export function Comparison({ project, runs, address, setAddress }: ComparisonProps) {
  const router = useRouter();
  const { jobs, error } = useJobs(project, runs);
  const [highlighted, setHighlighted] = useState<string>();
  const hidden = useMemo(() => new Set(address.hide), [address.hide]);
  const rows = useMemo(() => compareRows(runs, jobs), [runs, jobs]);
  const baseline = runs.find((run) => run.id === address.baseline) ?? runs[0];
  if (baseline === undefined) return null;
  const hide = (next: ReadonlySet<string>) => void setAddress({ hide: [...next] });
  const shared = { runs, hidden, highlighted, onHighlight: setHighlighted };
  return (
    <>
      <RunChips
        {...shared}
        project={project}
        baseline={baseline.id}
        onBaselineChange={(id) => void setAddress({ baseline: id })}
        onToggle={(id) => hide(switched(hidden, id))}
        onRemove={(id) => void setAddress({ runs: without(runs, id) })}
      />
      <Section
        title="What differs"
        tools={
          <CheckboxLine
            checked={!address.same}
            onCheckedChange={(only) => void setAddress({ same: !only })}
            className="text-sm text-ink-2"
          >
            Only differences
          </CheckboxLine>
        }
      >
        <ValuesTable runs={runs} baseline={baseline.id} rows={rows} withSame={address.same} />
      </Section>
      <CompareCharts
        {...shared}
        project={project}
        metrics={address.metrics}
        onMetricsChange={(metrics) => void setAddress({ metrics: [...metrics] })}
        onHiddenChange={hide}
      />
      <CompareParallel
        {...shared}
        rows={rows}
        axes={address.axes}
        onAxesChange={(axes) => void setAddress({ axes: [...axes] })}
        colorBy={address.color}
        onColorByChange={(color) => void setAddress({ color })}
        onRunOpen={(id) => router.push(projectPath(project, "runs", id))}
      />
      <CodeSection
        {...{ project, runs, jobs, error, baseline }}
        chosen={address.with}
        onChoose={(id) => void setAddress({ with: id })}
      />
    </>
  );
}

function switched(hidden: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(hidden);
  if (!next.delete(id)) next.add(id);
  return next;
}

function without(runs: readonly Run[], id: string): string[] {
  return runs.map((run) => run.id).filter((other) => other !== id);
}
