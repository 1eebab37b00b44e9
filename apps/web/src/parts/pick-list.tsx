"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import type { Virtualizer } from "@tanstack/react-virtual";
import { Check } from "lucide-react";
import { useId, useMemo, useState } from "react";
import type { KeyboardEvent, Ref } from "react";
import { cn } from "./class-names.ts";
import { SearchInput } from "./input.tsx";
import { MiddleTruncate } from "./middle-truncate.tsx";
import { pickLines } from "./pick-lines.ts";
import type { PickLine, PickOption } from "./pick-lines.ts";

export interface PickListProps {
  /** Of the search box: "Find a metric". */
  label: string;
  options: readonly PickOption[];
  chosen: ReadonlySet<string>;
  onPick(id: string): void;
  /** Many can be chosen; the list stays open then. */
  multiple?: boolean | undefined;
  /** What to say when nothing fits. */
  nothing: string;
}

const lineHeight = 28;

/** A list to search and to choose from, for thousands of options; arrows move, Enter chooses. */
export function PickList(props: PickListProps) {
  const { label, options, chosen, onPick, multiple = false, nothing } = props;
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const listId = useId();
  const lines = useMemo(() => pickLines(options, query), [options, query]);
  const picks = useMemo(() => lines.flatMap((line, at) => (line.option ? [at] : [])), [lines]);
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller,
    estimateSize: () => lineHeight,
    overscan: 6,
  });
  const current = picks[Math.min(active, picks.length - 1)];
  const move = (event: KeyboardEvent) => {
    const next = moved(event.key, active, picks.length);
    if (event.key === "Enter" && current !== undefined) {
      const option = lines[current]?.option;
      if (option) onPick(option.id);
    } else if (next === undefined) return;
    else {
      setActive(next);
      virtual.scrollToIndex(picks[next] ?? 0);
    }
    event.preventDefault();
  };
  return (
    <>
      <SearchInput
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={current === undefined ? undefined : `${listId}-${current}`}
        value={query}
        onValueChange={(next) => {
          setQuery(next);
          setActive(0);
        }}
        onKeyDown={move}
        label={label}
      />
      {picks.length === 0 ? (
        <p className="px-2 py-4 text-center text-sm text-ink-2">{nothing}</p>
      ) : null}
      <Lines
        {...{ label, multiple, chosen, onPick, lines, virtual, listId, current }}
        ref={setScroller}
      />
    </>
  );
}

interface LinesProps extends Pick<PickListProps, "label" | "multiple" | "chosen" | "onPick"> {
  lines: readonly PickLine[];
  virtual: Virtualizer<HTMLDivElement, Element>;
  listId: string;
  current: number | undefined;
  ref: Ref<HTMLDivElement>;
}

function Lines(props: LinesProps) {
  const { label, multiple, chosen, onPick, lines, virtual, listId, current, ref } = props;
  return (
    <div
      ref={ref}
      id={listId}
      role="listbox"
      aria-label={label}
      aria-multiselectable={multiple}
      className="max-h-[min(320px,50dvh)] overflow-y-auto"
    >
      <div role="presentation" style={{ height: virtual.getTotalSize() }} className="relative">
        {virtual.getVirtualItems().map(({ index, start }) => (
          <Line
            key={lines[index]?.id}
            line={lines[index]}
            top={start}
            id={`${listId}-${index}`}
            active={index === current}
            chosen={chosen}
            onPick={onPick}
          />
        ))}
      </div>
    </div>
  );
}

function moved(key: string, active: number, count: number): number | undefined {
  if (key === "ArrowDown") return Math.min(active + 1, count - 1);
  if (key === "ArrowUp") return Math.max(active - 1, 0);
  return undefined;
}

interface LineProps extends Pick<PickListProps, "chosen" | "onPick"> {
  line: PickLine | undefined;
  top: number;
  id: string;
  active: boolean;
}

function Line({ line, top, id, active, chosen, onPick }: LineProps) {
  if (!line) return null;
  const place = { transform: `translateY(${top}px)`, height: lineHeight };
  const { option } = line;
  if (!option) {
    return (
      <div
        role="presentation"
        style={place}
        className="absolute inset-x-0 top-0 flex items-center px-2 text-xs font-medium text-ink-3 first-letter:uppercase"
      >
        {line.heading}
      </div>
    );
  }
  const on = chosen.has(option.id);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the search box has the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={on}
      style={place}
      onClick={() => onPick(option.id)}
      className={cn(
        "absolute inset-x-0 top-0 flex cursor-default items-center gap-2 rounded-sm px-2 text-sm outline-none hover:bg-hover",
        active && "bg-hover",
      )}
    >
      <Check
        aria-hidden
        className={cn("size-3.5 shrink-0 text-accent-ink", !on && "invisible")}
        strokeWidth={2.5}
      />
      <MiddleTruncate text={option.label} />
      {option.detail ? (
        <span className="tabular ml-auto shrink-0 text-xs text-ink-3">{option.detail}</span>
      ) : null}
    </div>
  );
}
