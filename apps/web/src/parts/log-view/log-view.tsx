"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { ClipboardEvent, ReactNode } from "react";
import { cn } from "../class-names.ts";
import { copyText } from "../copy-button.tsx";
import { ErrorPanel } from "../error-panel.tsx";
import type { ErrorWords } from "../error-panel.tsx";
import { useShortcut } from "../shortcuts/shortcut-registry.ts";
import { isBoolean, useStoredState } from "../stored-state.ts";
import { LogLine } from "./log-line.tsx";
import type { LogSource } from "./log-source.ts";
import type { LogStore } from "./log-store.ts";
import { LogToolbar } from "./log-toolbar.tsx";
import { useLogSearch } from "./use-log-search.ts";
import { logLineHeight, useLogWindow } from "./use-log-window.ts";
import type { LogWindow } from "./use-log-window.ts";

/** Selected lines, both ends included, counted from 0. */
export type LineRange = readonly [from: number, to: number];

export interface LogViewProps {
  /** A stable object a log: a new one begins from the start. */
  source: LogSource;
  /** Selected lines: keep them in the page's address. */
  selection?: LineRange | undefined;
  onSelectionChange?: ((selection: LineRange | undefined) => void) | undefined;
  /** How many attempts wrote to it; with more than one they are told apart. */
  attempts?: number | undefined;
  /** Further controls of the toolbar: which stream, say. */
  tools?: ReactNode | undefined;
  /** Of the whole log as a file. */
  downloadHref?: string | undefined;
  /** Turns what the source rejects with into words. */
  explain(error: unknown): ErrorWords;
  /** Stands in the middle while there is no line. */
  empty?: ReactNode | undefined;
  className?: string | undefined;
}

/** A log of any length: colours, search, follow, first error, selectable lines. It fills its box. */
export function LogView(props: LogViewProps) {
  const { source, selection, attempts = 1, className } = props;
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const frame = useLogWindow(source, scroller);
  const searchBox = useRef<HTMLInputElement>(null);
  const [showTime, setShowTime] = useStoredState("log-times", false, isBoolean);
  const search = useLogSearch(source, () => frame.lines[10]?.number ?? 0, frame.show);
  useShownOnce(frame, selection);
  const current = search.hits[search.at];
  const digits = Math.max(3, String(frame.total).length);
  const pick = usePick(props);
  // The browser's own search sees only the lines on the screen.
  useShortcut({
    keys: "mod+f",
    label: "Search the log",
    group: "This page",
    inText: true,
    run: () => searchBox.current?.select(),
  });
  return (
    <section
      aria-label="Log"
      className={cn("relative flex h-full min-h-0 flex-col bg-surface", className)}
    >
      <LogToolbar
        {...{ source, frame, search, searchBox, showTime, attempts }}
        onShowTimeChange={setShowTime}
        tools={props.tools}
        downloadHref={props.downloadHref}
      />
      <div
        ref={setScroller}
        role="log"
        aria-live="off"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, by keyboard too
        tabIndex={0}
        onScroll={frame.onScroll}
        onCopy={(event) => copyLines(event, frame, selection)}
        style={{ lineHeight: `${logLineHeight}px` }}
        className="focus-inset relative min-h-0 flex-1 overflow-auto overscroll-contain font-mono text-xs"
      >
        <div style={{ height: frame.height }} className="relative min-w-full">
          {frame.lines.map(({ number, top }) => (
            <LogLine
              key={number}
              row={frame.store.row(number)}
              current={number === current}
              selected={selection !== undefined && number >= selection[0] && number <= selection[1]}
              query={search.query}
              begins={attempts > 1 ? attemptAt(frame.store, number) : undefined}
              onPick={pick}
              {...{ number, top, digits, showTime }}
            />
          ))}
        </div>
      </div>
      <LogNotices frame={frame} empty={props.empty} explain={props.explain} />
    </section>
  );
}

/** The attempt that begins with a line; undefined within one. */
function attemptAt(store: LogStore, line: number): number | undefined {
  const attempt = store.row(line)?.attempt;
  if (line === 0) return attempt;
  const before = store.row(line - 1)?.attempt;
  return before === undefined || before === attempt ? undefined : attempt;
}

interface LogNoticesProps extends Pick<LogViewProps, "empty" | "explain"> {
  frame: LogWindow;
}

/** What is said over the lines: that there are none yet, or that some could not be loaded. */
function LogNotices({ frame, empty, explain }: LogNoticesProps) {
  if (frame.error) {
    return (
      <ErrorPanel
        {...explain(frame.error)}
        onRetry={() => frame.store.retry()}
        className="absolute right-4 bottom-4 left-4 shadow-pop"
      />
    );
  }
  if (frame.total > 0) return null;
  return (
    <div className="absolute inset-0 top-10 flex items-center justify-center px-4 text-center text-base text-ink-2">
      {empty ?? "No output yet"}
    </div>
  );
}

/** An address that names lines opens at them. */
function useShownOnce(frame: LogWindow, selection: LineRange | undefined) {
  const shown = useRef(false);
  useEffect(() => {
    if (shown.current || frame.total === 0) return;
    shown.current = true;
    if (selection) frame.show(selection[0]);
  });
}

/** A press on a line's number selects it; with Shift the selection reaches up to it. */
function usePick({ selection, onSelectionChange }: LogViewProps) {
  const latest = useRef({ selection, onSelectionChange });
  useEffect(() => {
    latest.current = { selection, onSelectionChange };
  });
  return useCallback((line: number, extend: boolean) => {
    const now = latest.current;
    now.onSelectionChange?.(pickedRange(now.selection, line, extend));
  }, []);
}

function pickedRange(
  selection: LineRange | undefined,
  line: number,
  extend: boolean,
): LineRange | undefined {
  if (!selection) return [line, line];
  if (extend) return [Math.min(selection[0], line), Math.max(selection[0], line)];
  return selection[0] === line && selection[1] === line ? undefined : [line, line];
}

/** Copies the selected lines whole, those beyond the screen too. Selected text is left alone. */
function copyLines(event: ClipboardEvent, frame: LogWindow, selection: LineRange | undefined) {
  if (!selection || getSelection()?.isCollapsed === false) return;
  event.preventDefault();
  void frame.store.textOf(selection[0], selection[1]).then(copyText);
}
