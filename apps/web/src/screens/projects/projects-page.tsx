"use client";

import { listProjects, type Project } from "@tessera/contracts/project";
import { FolderPlus } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { errorWords } from "../../data/error-words.ts";
import { useEndpoint } from "../../data/use-endpoint.ts";
import { AccountFrame } from "../../frame/account-frame.tsx";
import { projectPath } from "../../frame/navigation.ts";
import { Badge } from "../../parts/badge.tsx";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { RelativeTime } from "../../parts/figures.tsx";
import { SkeletonRows } from "../../parts/skeleton.tsx";
import { CreateProjectDialog } from "./create-project-dialog.tsx";

/** Every project that one can see, and the way to a new one. */
export function ProjectsPage() {
  const projects = useEndpoint(listProjects, { query: { limit: 500 } });
  const [creating, setCreating] = useState(false);
  return (
    <AccountFrame
      title="Projects"
      action={
        <Button
          variant="primary"
          icon={<FolderPlus aria-hidden />}
          onClick={() => setCreating(true)}
        >
          New project
        </Button>
      }
    >
      {projects.isPending ? <SkeletonRows /> : null}
      {projects.isError ? (
        <ErrorPanel
          {...errorWords(projects.error, "Could not load the projects")}
          onRetry={() => void projects.refetch()}
        />
      ) : null}
      {projects.data?.items.length === 0 ? (
        <EmptyState title="No projects yet" command="npm run quickstart">
          Create one here, or let the quickstart make one with six real runs.
        </EmptyState>
      ) : null}
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {projects.data?.items.map((project) => (
          <ProjectCard key={project.id} project={project} />
        ))}
      </ul>
      <CreateProjectDialog open={creating} onOpenChange={setCreating} />
    </AccountFrame>
  );
}

function ProjectCard({ project }: { project: Project }) {
  return (
    <li>
      <Link
        href={projectPath(project.slug)}
        className="flex h-full flex-col gap-1 rounded-lg border border-line bg-surface p-4 transition-colors hover:border-line-strong hover:bg-hover/40"
      >
        <span className="flex items-center gap-2">
          <span className="min-w-0 truncate text-base font-semibold">{project.name}</span>
          {project.personal ? <Badge>personal</Badge> : null}
          {project.role === null ? null : (
            <span className="ml-auto text-sm text-ink-3">{project.role}</span>
          )}
        </span>
        <span className="truncate font-mono text-sm text-ink-3">/p/{project.slug}</span>
        {project.description === "" ? null : (
          <span className="line-clamp-2 text-sm text-ink-2">{project.description}</span>
        )}
        <span className="mt-auto pt-2 text-sm text-ink-3">
          changed <RelativeTime time={project.updatedAt} />
        </span>
      </Link>
    </li>
  );
}
