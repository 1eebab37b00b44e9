"use client";

import {
  ArrowDownToLine,
  ChevronDown,
  ChevronUp,
  Clock,
  Download,
  Repeat,
  TriangleAlert,
} from "lucide-react";
import { useState } from "react";
import type { KeyboardEvent, ReactNode, RefObject } from "react";
import { Button, IconButton } from "../button.tsx";
import { cn } from "../class-names.ts";
import { countOf, formatCount } from "../format/number.ts";
import { SearchInput } from "../input.tsx";
import { DropdownMenu } from "../menu.tsx";
import { toastDone, toastError } from "../toast.tsx";
import { findAttempt } from "./find-attempt.ts";
import { findFirstError } from "./first-error.ts";
import type { LogSource } from "./log-source.ts";
import type { LogSearch } from "./use-log-search.ts";
import type { LogWindow } from "./use-log-window.ts";

export interface LogToolbarProps {
  source: LogSource;
  frame: LogWindow;
  search: LogSearch;
  searchBox: RefObject<HTMLInputElement | null>;
  showTime: boolean;
  onShowTimeChange(show: boolean): void;
  attempts: number;
  tools: ReactNode;
  downloadHref: string | undefined;
}

export function LogToolbar(props: LogToolbarProps) {
  const { frame, search, showTime, downloadHref } = props;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-2 py-1.5">
      <SearchField search={search} searchBox={props.searchBox} />
      {props.tools}
      <span className="tabular text-xs text-ink-3">{countOf(frame.total, "line")}</span>
      <div className="ml-auto flex items-center gap-1">
        {props.attempts > 1 ? <AttemptMenu {...props} /> : null}
        <FirstErrorButton source={props.source} show={frame.show} />
        <IconButton
          label={showTime ? "Hide times" : "Show times"}
          aria-pressed={showTime}
          className={cn(showTime && "bg-hover text-ink")}
          onClick={() => props.onShowTimeChange(!showTime)}
        >
          <Clock aria-hidden />
        </IconButton>
        {downloadHref ? (
          <Button asChild size="sm" variant="ghost">
            <a href={downloadHref} download>
              <Download aria-hidden />
              <span className="max-sm:sr-only">Download</span>
            </a>
          </Button>
        ) : null}
        <FollowButton frame={frame} />
      </div>
    </div>
  );
}

function SearchField({ search, searchBox }: Pick<LogToolbarProps, "search" | "searchBox">) {
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    search.step(event.shiftKey ? -1 : 1);
  };
  return (
    <div className="flex min-w-0 items-center gap-1">
      <SearchInput
        ref={searchBox}
        value={search.query}
        onValueChange={search.setQuery}
        onKeyDown={press}
        label="Search the log"
        className="w-56 min-w-24"
      />
      {search.query === "" ? null : (
        <>
          <span
            role="status"
            className={cn("tabular px-1 text-xs", search.failed ? "text-bad" : "text-ink-2")}
          >
            {searchWords(search)}
          </span>
          <IconButton
            label="Previous"
            keys="shift+enter"
            className="size-6"
            onClick={() => search.step(-1)}
          >
            <ChevronUp aria-hidden />
          </IconButton>
          <IconButton label="Next" keys="enter" className="size-6" onClick={() => search.step(1)}>
            <ChevronDown aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  );
}

function searchWords({ hits, at, searching, failed, more }: LogSearch): string {
  if (failed) return "The search failed";
  if (hits.length === 0) return searching ? "Searching…" : "Nothing found";
  const total = `${formatCount(hits.length)}${searching || more ? "+" : ""}`;
  return at === -1 ? total : `${formatCount(at + 1)} of ${total}`;
}

/** Jumps to where an attempt begins. */
function AttemptMenu({ source, frame, attempts }: LogToolbarProps) {
  const go = async (attempt: number) => {
    try {
      const signal = new AbortController().signal;
      const line = await findAttempt(source, attempt, { total: frame.total, signal });
      if (line === undefined) toastDone(`Attempt ${attempt} wrote nothing`);
      else frame.show(line);
    } catch (error) {
      toastError({ title: `Could not find attempt ${attempt}`, detail: String(error) });
    }
  };
  const items = Array.from({ length: attempts }, (_, at) => ({
    id: String(at + 1),
    label: `Attempt ${at + 1}`,
    onSelect: () => void go(at + 1),
  }));
  return (
    <DropdownMenu
      items={items}
      trigger={
        <Button size="sm" variant="ghost" icon={<Repeat aria-hidden />}>
          <span className="max-sm:sr-only">Attempts</span>
        </Button>
      }
    />
  );
}

function FirstErrorButton({ source, show }: { source: LogSource; show(line: number): void }) {
  const [busy, setBusy] = useState(false);
  const find = async () => {
    setBusy(true);
    try {
      const line = await findFirstError(source, new AbortController().signal);
      if (line === undefined) toastDone("No line of this log looks like an error");
      else show(line);
    } catch (error) {
      toastError({ title: "Could not search the log for errors", detail: String(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="sm"
      variant="ghost"
      busy={busy}
      icon={<TriangleAlert aria-hidden />}
      onClick={() => void find()}
    >
      <span className="max-sm:sr-only">First error</span>
    </Button>
  );
}

function FollowButton({ frame }: { frame: LogWindow }) {
  if (frame.complete) {
    return (
      <IconButton label="Go to the end" onClick={frame.follow}>
        <ArrowDownToLine aria-hidden />
      </IconButton>
    );
  }
  return (
    <Button
      size="sm"
      variant={frame.following ? "secondary" : "primary"}
      icon={<ArrowDownToLine aria-hidden />}
      aria-pressed={frame.following}
      onClick={frame.follow}
    >
      {frame.following ? "Following" : "Follow"}
    </Button>
  );
}
