"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { cn } from "../class-names.ts";
import { CodeView } from "../code-view/code-view.tsx";
import { CopyButton } from "../copy-button.tsx";
import { InlineError } from "../error-panel.tsx";
import { countOf } from "../format/number.ts";
import { jsonLines, readJson } from "./json-lines.ts";
import type { JsonLine, JsonValue } from "./json-lines.ts";

export interface JsonViewProps {
  /** JSON as text; what is no JSON is shown as it is, with what is wrong. */
  text: string;
  className?: string | undefined;
}

/** A JSON document as a tree that folds. It fills its box and scrolls inside it. */
export function JsonView({ text, className }: JsonViewProps) {
  const read = useMemo(() => tryRead(text), [text]);
  if ("error" in read) {
    return (
      <div className={cn("flex min-h-0 flex-col gap-2 overflow-auto", className)}>
        <InlineError className="px-3 pt-2">This is no JSON: {read.error}</InlineError>
        <CodeView code={text} />
      </div>
    );
  }
  return <JsonTree value={read.value} className={className} />;
}

function tryRead(text: string): { value: JsonValue } | { error: string } {
  try {
    return { value: readJson(text) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

const lineHeight = 22;

function JsonTree({ value, className }: { value: JsonValue; className: string | undefined }) {
  const [switched, setSwitched] = useState<ReadonlyMap<string, boolean>>(() => new Map());
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const lines = useMemo(() => jsonLines(value, { switched, depth: 2 }), [value, switched]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller,
    estimateSize: () => lineHeight,
    overscan: 10,
  });
  return (
    <div
      ref={setScroller}
      role="tree"
      aria-label="JSON"
      tabIndex={0}
      className={cn("focus-inset min-h-0 overflow-auto py-1 font-mono text-xs", className)}
    >
      <div style={{ height: virtual.getTotalSize() }} className="relative min-w-full">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          return line ? (
            <JsonRow
              key={line.path}
              line={line}
              top={start}
              onSwitch={() => setSwitched(new Map(switched).set(line.path, !line.open))}
            />
          ) : null;
        })}
      </div>
    </div>
  );
}

interface JsonRowProps {
  line: JsonLine;
  top: number;
  onSwitch(): void;
}

function JsonRow({ line, top, onSwitch }: JsonRowProps) {
  const { depth, label, value, open, path } = line;
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={open}
      aria-selected={false}
      style={{ transform: `translateY(${top}px)`, height: lineHeight, paddingLeft: 8 + depth * 16 }}
      className="group/json absolute top-0 left-0 flex w-max min-w-full items-center gap-1 pr-8 hover:bg-hover"
    >
      {open === undefined ? (
        <span className="w-4 shrink-0" />
      ) : (
        <button
          type="button"
          aria-label={`${open ? "Fold" : "Open"} ${label ?? "the document"}`}
          onClick={onSwitch}
          className="inline-flex size-4 shrink-0 items-center justify-center rounded-xs text-ink-3 hover:text-ink"
        >
          <Arrow className="size-3.5" aria-hidden />
        </button>
      )}
      {label === undefined ? null : <span className="text-(--code-token-function)">{label}:</span>}
      <JsonScalar line={line} />
      <CopyButton
        text={() => (typeof value === "string" ? value : JSON.stringify(value, null, 2))}
        label={`Copy ${path}`}
        className="size-5 opacity-0 group-hover/json:opacity-100 focus-visible:opacity-100"
      />
    </div>
  );
}

const shownCharacters = 300;

function JsonScalar({ line: { value, open, size } }: { line: JsonLine }) {
  if (typeof value === "object" && value !== null) {
    const list = Array.isArray(value);
    if (open) return <span className="text-ink-3">{list ? "[" : "{"}</span>;
    return (
      <span className="text-ink-3">
        {list ? "[" : "{"}
        {size === 0 ? "" : ` ${countOf(size, list ? "item" : "key")} `}
        {list ? "]" : "}"}
      </span>
    );
  }
  if (typeof value === "string") {
    const cut = value.length > shownCharacters ? `${value.slice(0, shownCharacters)}…` : value;
    return (
      <span
        title={cut === value ? undefined : value.slice(0, 4000)}
        className="whitespace-pre text-(--code-token-string)"
      >
        {JSON.stringify(cut)}
      </span>
    );
  }
  return <span className="text-(--code-token-constant)">{String(value)}</span>;
}
