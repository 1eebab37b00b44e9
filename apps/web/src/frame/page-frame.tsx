"use client";

import { ChevronRight, Menu } from "lucide-react";
import Link from "next/link";
import { Fragment } from "react";
import type { ReactNode } from "react";
import { IconButton } from "../parts/button.tsx";
import { cn } from "../parts/class-names.ts";
import { LiveIndicator } from "./live-status.tsx";
import { useOpenRail } from "./rail-sheet.ts";

export interface Crumb {
  label: string;
  /** Left out for the page itself. */
  href?: string | undefined;
  /** Drawn before the label: a run's colour, a state. */
  mark?: ReactNode | undefined;
}

export interface PageProps {
  /** From the project down to the page itself; the last one is the page's heading. */
  crumbs: readonly Crumb[];
  /** The page's one primary action. */
  action?: ReactNode | undefined;
  /** Quieter controls, left of the action. */
  tools?: ReactNode | undefined;
  /** "full" for tables: the page brings its own padding and its own scrolling. */
  width?: "contained" | "full" | undefined;
  children: ReactNode;
}

/** The top bar and the content of a page. */
export function Page({ crumbs, action, tools, width = "contained", children }: PageProps) {
  const title = crumbs.toReversed().map((crumb) => crumb.label);
  return (
    <>
      <title>{[...title, "Tessera"].join(" · ")}</title>
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-3 md:px-5">
        <MenuButton />
        <Breadcrumb crumbs={crumbs} />
        <div className="ml-auto flex shrink-0 items-center gap-2">
          <LiveIndicator />
          {tools}
          {action}
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className={cn(
          "min-h-0 flex-1 outline-none",
          width === "full" ? "flex flex-col overflow-hidden" : "overflow-y-auto",
        )}
      >
        {width === "full" ? (
          children
        ) : (
          <div className="mx-auto w-full max-w-[1600px] px-4 py-5 md:px-6">{children}</div>
        )}
      </main>
    </>
  );
}

function MenuButton() {
  const openRail = useOpenRail();
  return (
    <IconButton label="Open navigation" size="md" className="-ml-1 md:hidden" onClick={openRail}>
      <Menu aria-hidden />
    </IconButton>
  );
}

function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1">
        {crumbs.map((crumb, at) => {
          const last = at === crumbs.length - 1;
          return (
            <Fragment key={`${at}:${crumb.label}`}>
              {at === 0 ? null : (
                <li aria-hidden className="shrink-0 text-ink-3 max-sm:hidden">
                  <ChevronRight className="size-3.5" />
                </li>
              )}
              <li
                className={cn(
                  "flex min-w-0 items-center gap-1.5",
                  last ? "shrink" : "max-w-44 shrink-0 max-sm:hidden",
                )}
              >
                {crumb.mark}
                <CrumbText crumb={crumb} last={last} />
              </li>
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}

function CrumbText({ crumb, last }: { crumb: Crumb; last: boolean }) {
  if (last) {
    return (
      <h1 aria-current="page" title={crumb.label} className="truncate text-base font-semibold">
        {crumb.label}
      </h1>
    );
  }
  if (crumb.href === undefined) return <span className="truncate text-ink-2">{crumb.label}</span>;
  return (
    <Link
      href={crumb.href}
      title={crumb.label}
      className="truncate rounded-xs text-ink-2 transition-colors hover:text-ink"
    >
      {crumb.label}
    </Link>
  );
}
