"use client";

import { getEnvironmentRevision } from "@tessera/contracts/environment";
import type { EnvironmentPin, Job } from "@tessera/contracts/job";
import { Box } from "lucide-react";
import { errorWords } from "../../../data/error-words.ts";
import { useEndpoint } from "../../../data/use-endpoint.ts";
import { projectPath } from "../../../frame/navigation.ts";
import { Button } from "../../../parts/button.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { ErrorPanel } from "../../../parts/error-panel.tsx";
import { RelativeTime } from "../../../parts/figures.tsx";
import { SkeletonRows } from "../../../parts/skeleton.tsx";
import { TextLink } from "../../../parts/text-link.tsx";
import Link from "next/link";
import { environmentPath } from "../../environments/environment-paths.ts";
import { EnvironmentStateBadge } from "../../environments/environment-state.tsx";
import { PackageList } from "../../environments/package-list.tsx";

/** The environment that the job was pinned to, to the last package. */
export function RunEnvironment({ project, job }: { project: string; job: Job }) {
  if (job.environment) return <PinnedEnvironment project={project} pin={job.environment} />;
  return (
    <EmptyState
      icon={<Box aria-hidden />}
      title="This job had no environment"
      action={
        <Button asChild>
          <Link href={projectPath(project, "environments")}>See the environments</Link>
        </Button>
      }
    >
      It ran with what its machine has installed, so nothing pins its packages.
    </EmptyState>
  );
}

function PinnedEnvironment({ project, pin }: { project: string; pin: EnvironmentPin }) {
  const { name, number } = pin;
  const revision = useEndpoint(getEnvironmentRevision, { params: { project, name, number } });
  if (revision.isError) {
    return (
      <ErrorPanel
        {...errorWords(revision.error, `Could not load the environment ${name}@${number}`)}
        onRetry={() => void revision.refetch()}
        retrying={revision.isFetching}
      />
    );
  }
  if (!revision.data) return <SkeletonRows rows={8} columns={[24, 12, 24, 12]} />;
  const { state, image, lock, error, readyAt } = revision.data;
  return (
    <div className="flex flex-col gap-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <TextLink mono href={environmentPath(project, name, number)}>
          {name}@{number}
        </TextLink>
        <EnvironmentStateBadge state={state} />
        {readyAt === null ? null : (
          <span className="text-sm text-ink-2">
            built <RelativeTime time={readyAt} />
          </span>
        )}
      </p>
      {error === null ? null : <ErrorPanel title="Its build failed" detail={error} />}
      {image === null ? null : (
        <p className="text-sm text-ink-2">
          Container image <code className="font-mono text-ink">{image}</code>
        </p>
      )}
      {lock === null ? null : <PackageList lock={lock} />}
      {lock === null && image === null && error === null ? (
        <p className="text-sm text-ink-2">
          Its versions are being resolved; they appear here then.
        </p>
      ) : null}
    </div>
  );
}
