"use client";

import {
  type EnvironmentRevision,
  listEnvironmentRevisions,
  listEnvironments,
  rebuildEnvironmentRevision,
} from "@tessera/contracts/environment";
import { CircleAlert, Hammer } from "lucide-react";
import dynamic from "next/dynamic";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useState } from "react";
import { client } from "../../data/client.ts";
import { useRefusal } from "../../data/permission.ts";
import { useAction } from "../../data/use-action.ts";
import { Button } from "../../parts/button.tsx";
import { CodeView } from "../../parts/code-view/code-view.tsx";
import { CommandLine } from "../../parts/copy-button.tsx";
import { RelativeTime } from "../../parts/figures.tsx";
import { SkeletonText } from "../../parts/skeleton.tsx";
import { type TabItem, TabPanel, Tabs } from "../../parts/tabs.tsx";
import { EnvironmentStateBadge, isBuilding } from "./environment-state.tsx";
import { PackageList } from "./package-list.tsx";

const loading = () => <SkeletonText lines={6} />;

const BuildLogView = dynamic(
  () => import("./build-log-view.tsx").then((module) => module.BuildLogView),
  { ssr: false, loading },
);

const TextDiff = dynamic(
  () => import("../../parts/diff-view/text-diff.tsx").then((module) => module.TextDiff),
  { ssr: false, loading },
);

export interface RevisionViewProps {
  project: string;
  revision: EnvironmentRevision;
  /** The one before it, to compare with. */
  before: EnvironmentRevision | undefined;
}

/** What a revision holds, and how its build went. */
export function RevisionView({ project, revision, before }: RevisionViewProps) {
  const { environment, number, state, createdAt, readyAt } = revision;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="font-mono text-lg font-semibold [overflow-wrap:anywhere]">
          {environment}@{number}
        </h2>
        <EnvironmentStateBadge state={state} />
        <span className="text-sm text-ink-2">
          made <RelativeTime time={createdAt} />
          {readyAt === null || revision.kind === "image" ? null : (
            <>
              , built <RelativeTime time={readyAt} />
            </>
          )}
        </span>
      </div>
      {state === "failed" ? <BuildFailure project={project} revision={revision} /> : null}
      {state === "ready" ? (
        <CommandLine
          command={`tessera run --project ${project} --env ${environment}@${number} -- python train.py`}
          className="w-full"
        />
      ) : null}
      {revision.kind === "image" ? (
        <p className="text-sm text-ink-2">
          Container image{" "}
          <code className="font-mono text-ink [overflow-wrap:anywhere]">{revision.image}</code>
        </p>
      ) : (
        <RevisionTabs project={project} revision={revision} before={before} />
      )}
    </div>
  );
}

function BuildFailure({ project, revision }: Omit<RevisionViewProps, "before">) {
  const { environment: name, number, error } = revision;
  const refusal = useRefusal(project)("environment.write");
  const rebuild = useAction({
    run: () => client.call(rebuildEnvironmentRevision, { params: { project, name, number } }),
    failure: `Could not build ${name}@${number} again`,
    stale: [listEnvironmentRevisions, listEnvironments],
  });
  return (
    <section
      aria-label="Why the build failed"
      className="flex flex-wrap items-center gap-x-2 gap-y-2 rounded-lg border border-line px-3 py-2"
    >
      <CircleAlert className="size-4 shrink-0 text-bad" aria-hidden />
      <code className="min-w-0 flex-1 basis-60 font-mono text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
        {error ?? "The build failed without a word"}
      </code>
      <Button
        size="sm"
        busy={rebuild.busy}
        disabledReason={refusal}
        icon={<Hammer aria-hidden />}
        onClick={() => rebuild.run(undefined)}
      >
        Build again
      </Button>
    </section>
  );
}

const tabs = ["packages", "requirements", "log", "changes"] as const;
type Tab = (typeof tabs)[number];

function RevisionTabs({ project, revision, before }: RevisionViewProps) {
  const { lock, requirements, state } = revision;
  const [named, setTab] = useQueryState(
    "tab",
    parseAsStringLiteral(tabs).withOptions({ history: "push" }),
  );
  // Decided once: the log must not go away under the reader when the build ends.
  const [first] = useState<Tab>(() => (state === "ready" ? "packages" : "log"));
  const items: TabItem<Tab>[] = [
    ...(lock === null ? [] : [{ value: "packages" as const, label: "Packages" }]),
    { value: "requirements", label: "Requirements" },
    { value: "log", label: isBuilding(state) ? "Build log, live" : "Build log" },
    ...(before ? [{ value: "changes" as const, label: `Changes since @${before.number}` }] : []),
  ];
  const wanted = named ?? first;
  const tab = items.some(({ value }) => value === wanted) ? wanted : "log";
  return (
    <Tabs
      value={tab}
      onValueChange={(next) => void setTab(next)}
      items={items}
      label={`About revision ${revision.number}`}
      sticky
    >
      <TabPanel value="packages">{lock === null ? null : <PackageList lock={lock} />}</TabPanel>
      <TabPanel value="requirements">
        <div className="overflow-hidden rounded-lg border border-line">
          <CodeView code={requirements ?? ""} path="requirements.txt" />
        </div>
      </TabPanel>
      <TabPanel value="log">
        <BuildLogView project={project} revision={revision} />
      </TabPanel>
      <TabPanel value="changes">
        {before ? <Changes before={before} revision={revision} /> : null}
      </TabPanel>
    </Tabs>
  );
}

/** Against the revision before: the packages where both are resolved, else the requirements. */
function Changes({
  before,
  revision,
}: {
  before: EnvironmentRevision;
  revision: EnvironmentRevision;
}) {
  const locks = before.lock !== null && revision.lock !== null;
  const textOf = (each: EnvironmentRevision) => (locks ? each.lock : each.requirements) ?? "";
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-ink-2">
        {locks ? "The exact versions of both" : "The requirements of both; one has no versions yet"}
      </p>
      <TextDiff
        before={textOf(before)}
        after={textOf(revision)}
        beforeLabel={`${before.environment}@${before.number}`}
        afterLabel={`${revision.environment}@${revision.number}`}
      />
    </div>
  );
}
