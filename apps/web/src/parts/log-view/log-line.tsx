"use client";

import { memo, useMemo } from "react";
import type { CSSProperties } from "react";
import { cn } from "../class-names.ts";
import { formatTimeOfDay } from "../format/time.ts";
import { ansiSpans } from "./ansi.ts";
import type { AnsiSpan } from "./ansi.ts";
import { markHits } from "./log-match.ts";
import type { LogRow } from "./log-source.ts";
import { logLineHeight } from "./use-log-window.ts";

export interface LogLineProps {
  number: number;
  row: LogRow | undefined;
  top: number;
  /** Room for the largest line number. */
  digits: number;
  query: string;
  /** The found line that the search stands at. */
  current: boolean;
  selected: boolean;
  showTime: boolean;
  /** The attempt that begins with this line, where there are several. */
  begins: number | undefined;
  /** Its number was pressed. A stable function. */
  onPick(line: number, extend: boolean): void;
}

/** One line. Its number is a button: it selects the line, and with Shift up to it. */
export const LogLine = memo(function LogLine(props: LogLineProps) {
  const { number, row, top, digits, query, current, selected, showTime, begins, onPick } = props;
  return (
    <div
      data-line={number}
      style={{ transform: `translateY(${top}px)`, height: logLineHeight }}
      className={cn(
        "absolute top-0 left-0 flex w-max min-w-full pr-4",
        selected ? "bg-selected" : "hover:bg-hover/60",
        current && "bg-warn-soft",
        begins !== undefined && "border-t border-line-strong",
      )}
    >
      <button
        type="button"
        tabIndex={-1}
        onClick={(event) => onPick(number, event.shiftKey)}
        aria-label={`Line ${number + 1}`}
        style={{ width: `${digits + 3}ch` }}
        className={cn(
          "tabular sticky left-0 z-1 shrink-0 border-r border-line bg-surface pr-[1ch] text-right text-ink-3 select-none hover:text-ink",
          selected && "bg-selected text-ink",
        )}
      >
        {number + 1}
      </button>
      <span aria-hidden className={cn("w-0.5 shrink-0", row?.stream === "stderr" && "bg-bad/60")} />
      {row && showTime ? (
        <time dateTime={row.at} className="shrink-0 pl-2 text-ink-3 select-none">
          {formatTimeOfDay(Date.parse(row.at))}
        </time>
      ) : null}
      {row ? (
        <LineText row={row} query={query} />
      ) : (
        <span className="my-1.5 ml-3 h-1.5 w-40 rounded-full bg-hover" />
      )}
      {begins === undefined ? null : (
        <span className="sticky right-2 ml-auto shrink-0 self-start rounded-b-xs bg-sunken px-1.5 pl-2 font-sans text-2xs leading-4 text-ink-2 select-none">
          Attempt {begins}
        </span>
      )}
    </div>
  );
});

function LineText({ row, query }: { row: LogRow; query: string }) {
  const spans = useMemo(() => ansiSpans(row.text), [row.text]);
  const marked = useMemo(() => markHits(spans, query), [spans, query]);
  return (
    <span
      className={cn("pl-2 whitespace-pre", row.stream === "system" && "text-accent-ink italic")}
    >
      {marked.map(({ span, text, hit }, at) => (
        <span
          key={at}
          style={spanStyle(span)}
          className={cn(span.dim && "opacity-75", hit && "text-ink")}
        >
          {hit ? <mark className="rounded-xs bg-mark text-inherit">{text}</mark> : text}
        </span>
      ))}
    </span>
  );
}

function spanStyle(span: AnsiSpan): CSSProperties | undefined {
  const { color, background, bold, italic, underline } = span;
  if (!color && !background && !bold && !italic && !underline) return undefined;
  return {
    ...(color ? { color } : {}),
    ...(background ? { background } : {}),
    ...(bold ? { fontWeight: 600 } : {}),
    ...(italic ? { fontStyle: "italic" } : {}),
    ...(underline ? { textDecoration: "underline" } : {}),
  };
}
