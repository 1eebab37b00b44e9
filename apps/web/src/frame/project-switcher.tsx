"use client";

import { listProjects } from "@tessera/contracts/project";
import { ChevronsUpDown, FolderOpen } from "lucide-react";
import { useEndpoint } from "../data/use-endpoint.ts";
import { cn } from "../parts/class-names.ts";
import { DropdownMenu } from "../parts/menu.tsx";
import type { MenuItem } from "../parts/menu-items.ts";
import { Mark } from "./mark.tsx";
import { projectPath } from "./navigation.ts";

const SHOWN = 100;

/** The project that one is in, and the way to the others. */
export function ProjectSwitcher({ project, collapsed }: { project: string; collapsed: boolean }) {
  const projects = useEndpoint(listProjects, { query: { limit: SHOWN } });
  const items = projects.data?.items ?? [];
  const name = items.find((each) => each.slug === project)?.name ?? project;
  const menu: MenuItem[] = [
    ...items.map((each) => ({ id: each.slug, label: each.name, href: projectPath(each.slug) })),
    { kind: "divider" as const, id: "before-all" },
    { id: "all", label: "All projects", icon: <FolderOpen aria-hidden />, href: "/" },
  ];
  return (
    <DropdownMenu
      align="start"
      items={menu}
      trigger={
        <button
          type="button"
          aria-label={`Project ${name}: switch`}
          title={name}
          className={cn(
            "flex h-9 w-full items-center gap-2 rounded-md px-1.5 text-left transition-colors hover:bg-hover data-[state=open]:bg-hover",
            collapsed && "justify-center px-0",
          )}
        >
          <Mark className="size-6 shrink-0" />
          {collapsed ? null : (
            <>
              <span className="min-w-0 flex-1 truncate text-base font-semibold">{name}</span>
              <ChevronsUpDown className="size-3.5 shrink-0 text-ink-3" aria-hidden />
            </>
          )}
        </button>
      }
    />
  );
}
