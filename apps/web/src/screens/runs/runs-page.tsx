"use client";

import dynamic from "next/dynamic";
import { Page } from "../../frame/page-frame.tsx";
import { useProjectCrumb } from "../../frame/use-project-crumb.ts";
import { NewRunButton } from "./new-run.tsx";
import { RunsSkeleton } from "./runs-skeleton.tsx";

const RunsView = dynamic(() => import("./runs-view.tsx").then((module) => module.RunsView), {
  ssr: false,
  loading: () => <RunsSkeleton />,
});

/** The table that people live in: which run is best, and why? */
export function RunsPage({ project }: { project: string }) {
  const home = useProjectCrumb(project);
  return (
    <Page
      width="full"
      crumbs={[home, { label: "Runs" }]}
      action={<NewRunButton project={project} />}
    >
      <RunsView project={project} />
    </Page>
  );
}
