"use client";

import type { Job } from "@tessera/contracts/job";
import type { Run } from "@tessera/contracts/run";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useShortcut } from "../../parts/shortcuts/shortcut-registry.ts";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import { type TabItem, TabPanel, Tabs } from "../../parts/tabs.tsx";
import { RunCharts } from "./charts/run-charts.tsx";
import { runTabs, type RunTab, useRunTab } from "./use-run-tab.ts";

const loading = () => <SkeletonRows rows={8} columns={[30, 60]} />;

const RunLog = dynamic(() => import("./logs/run-log.tsx").then((m) => m.RunLog), {
  ssr: false,
  loading,
});
const RunArtifacts = dynamic(
  () => import("./artifacts/run-artifacts.tsx").then((m) => m.RunArtifacts),
  { ssr: false, loading },
);
const RunConfig = dynamic(() => import("./config/run-config.tsx").then((m) => m.RunConfig), {
  ssr: false,
  loading,
});
const RunCode = dynamic(() => import("./code/run-code.tsx").then((m) => m.RunCode), {
  ssr: false,
  loading,
});
const RunEnvironment = dynamic(
  () => import("./environment/run-environment.tsx").then((m) => m.RunEnvironment),
  { ssr: false, loading },
);
const RunAttempts = dynamic(
  () => import("./attempts/run-attempts.tsx").then((m) => m.RunAttempts),
  { ssr: false, loading },
);

export interface RunTabsProps {
  project: string;
  run: Run;
  job: Job | undefined;
}

/** Everything about a run but its head; the address names the tab. */
export function RunTabs({ project, run, job }: RunTabsProps) {
  const [named, setTab] = useRunTab();
  // Decided once: a view must not change under the reader when the first metric comes.
  const [first] = useState<RunTab>(() =>
    run.hasJob && run.metrics.length === 0 ? "logs" : "charts",
  );
  const items = tabsOf(run, job);
  const wanted = named ?? first;
  const tab = items.some(({ value }) => value === wanted) ? wanted : "charts";
  const choose = (next: RunTab) => void setTab(next);
  return (
    <Tabs value={tab} onValueChange={choose} items={items} label="About this run" sticky>
      {items.map(({ value }, at) => (
        <TabKey key={value} number={at + 1} tab={value} onPress={() => choose(value)} />
      ))}
      <TabPanel value="charts">
        <RunCharts project={project} run={run} />
      </TabPanel>
      <TabPanel value="artifacts">
        <RunArtifacts project={project} run={run} />
      </TabPanel>
      <TabPanel value="config">
        <RunConfig project={project} run={run} job={job} />
      </TabPanel>
      <TabPanel value="code">
        <RunCode project={project} run={run} job={job} />
      </TabPanel>
      {job ? <JobPanels project={project} job={job} /> : null}
    </Tabs>
  );
}

function JobPanels({ project, job }: { project: string; job: Job }) {
  return (
    <>
      <TabPanel value="logs">
        <RunLog project={project} job={job} />
      </TabPanel>
      <TabPanel value="environment">
        <RunEnvironment project={project} job={job} />
      </TabPanel>
      <TabPanel value="attempts">
        <RunAttempts project={project} job={job} />
      </TabPanel>
    </>
  );
}

const labels: Record<RunTab, string> = {
  charts: "Charts",
  logs: "Logs",
  artifacts: "Artifacts",
  config: "Config",
  code: "Code",
  environment: "Environment",
  attempts: "Attempts",
};

const ofJobs: readonly RunTab[] = ["logs", "environment", "attempts"];

/** The tabs that a run has: one that was tracked from elsewhere has no log and no attempts. */
function tabsOf(run: Run, job: Job | undefined): TabItem<RunTab>[] {
  const counts: Partial<Record<RunTab, number>> = {
    charts: run.metrics.length,
    ...(job && job.attempts.length > 1 ? { attempts: job.attempts.length } : {}),
  };
  return runTabs
    .filter((tab) => run.hasJob || !ofJobs.includes(tab))
    .filter((tab) => tab !== "code" || run.hasJob || tellsOfCode(run))
    .map((value) => ({ value, label: labels[value], count: counts[value] }));
}

function tellsOfCode({ tags }: Run): boolean {
  return tags["mlflow.source.git.commit"] !== undefined || tags["mlflow.source.name"] !== undefined;
}

function TabKey({ number, tab, onPress }: { number: number; tab: RunTab; onPress(): void }) {
  useShortcut({ keys: String(number), label: labels[tab], group: "This page", run: onPress });
  return null;
}
