"use client";

import dynamic from "next/dynamic";
import { projectPath } from "../../frame/navigation.ts";
import { Page } from "../../frame/page-frame.tsx";
import { NewRunButton } from "./new-run.tsx";
import { RunsSkeleton } from "./runs-skeleton.tsx";

const RunsView = dynamic(() => import("./runs-view.tsx").then((module) => module.RunsView), {
  ssr: false,
  loading: () => <RunsSkeleton />,
});

/** The table that people live in: which run is best, and why? */
export function RunsPage({ project }: { project: string }) {
  return (
    <Page
      width="full"
      crumbs={[{ label: project, href: projectPath(project) }, { label: "Runs" }]}
      action={<NewRunButton project={project} />}
    >
      <RunsView project={project} />
    </Page>
  );
}
