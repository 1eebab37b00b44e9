"use client";

import { GitCompareArrows } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { errorWords } from "../../data/error-words.ts";
import { projectPath } from "../../frame/navigation.ts";
import { Page } from "../../frame/page-frame.tsx";
import { useProjectCrumb } from "../../frame/use-project-crumb.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { countOf } from "../../parts/format/number.ts";
import { Skeleton, SkeletonRows } from "../../parts/skeleton.tsx";
import { MissingRuns } from "./missing-runs.tsx";
import { useCompareAddress } from "./use-compare-address.ts";
import { useComparedRuns } from "./use-compared-runs.ts";

const Comparison = dynamic(() => import("./comparison.tsx").then((module) => module.Comparison), {
  ssr: false,
  loading: () => <Loading />,
});

/** What differs between some runs? */
export function ComparePage({ project }: { project: string }) {
  const home = useProjectCrumb(project);
  const [address, setAddress] = useCompareAddress();
  const compared = useComparedRuns(project, address.runs);
  const { runs, query, missing, beyond, asked } = compared;
  const choose = `${projectPath(project, "runs")}?sel=${runs.map((run) => run.id).join(",")}`;
  const failed = query.isError && query.data === undefined;
  return (
    <Page
      crumbs={[
        home,
        { label: "Runs", href: projectPath(project, "runs") },
        { label: runs.length === 0 ? "Compare" : `Compare ${countOf(runs.length, "run")}` },
      ]}
      tools={
        <Button asChild size="sm">
          <Link href={choose}>Choose other runs</Link>
        </Button>
      }
    >
      <div className="flex flex-col gap-7">
        {missing.length > 0 || beyond > 0 ? (
          <MissingRuns
            missing={missing}
            beyond={beyond}
            onLeaveOut={() => void setAddress({ runs: runs.map((run) => run.id) })}
          />
        ) : null}
        {failed ? (
          <ErrorPanel
            {...errorWords(query.error, "Could not load the runs")}
            onRetry={() => void query.refetch()}
            retrying={query.isFetching}
          />
        ) : asked === 0 || (query.isSuccess && runs.length === 0) ? (
          <NothingChosen project={project} />
        ) : runs.length === 0 ? (
          <Loading />
        ) : (
          <Comparison {...{ project, runs, address, setAddress }} />
        )}
      </div>
    </Page>
  );
}

function NothingChosen({ project }: { project: string }) {
  return (
    <EmptyState
      icon={<GitCompareArrows aria-hidden />}
      title="No runs to compare"
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

function Loading() {
  return (
    <>
      <div className="flex gap-1.5">
        <Skeleton className="h-8 w-52" />
        <Skeleton className="h-8 w-44" />
      </div>
      <SkeletonRows rows={9} />
    </>
  );
}
