"use client";

import { useMemo } from "react";
import { cn } from "../class-names.ts";
import { formatNumber, fullNumber } from "../format/number.ts";
import { rankLines } from "./best-value.ts";
import type { ChartLine, Goal } from "./chart-line.ts";

export interface ChartLegendProps {
  lines: readonly ChartLine[];
  goal: Goal;
  hidden: ReadonlySet<string>;
  onHiddenChange(hidden: ReadonlySet<string>): void;
  highlighted: string | undefined;
  onHighlight(id: string | undefined): void;
}

/** The lines, the best first, with their best values. A press hides; with Alt it hides all others. */
export function ChartLegend(props: ChartLegendProps) {
  const { lines, goal, hidden, onHiddenChange, highlighted, onHighlight } = props;
  const ranked = useMemo(() => rankLines(lines, goal), [lines, goal]);
  const press = (id: string, alone: boolean) =>
    onHiddenChange(alone ? allBut(lines, id, hidden) : switched(hidden, id));
  return (
    <ul
      aria-label="Legend, best first"
      className="grid max-h-[76px] grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-x-3 overflow-y-auto text-xs"
    >
      {ranked.map(({ line, best }) => (
        <li key={line.id} className="min-w-0">
          <button
            type="button"
            aria-pressed={!hidden.has(line.id)}
            title={`${line.name}\nPress to hide, Alt-press to see it alone`}
            onMouseEnter={() => onHighlight(line.id)}
            onMouseLeave={() => onHighlight(undefined)}
            onFocus={() => onHighlight(line.id)}
            onBlur={() => onHighlight(undefined)}
            onClick={(event) => press(line.id, event.altKey)}
            className={cn(
              "focus-inset flex h-[19px] w-full items-center gap-1.5 rounded-xs px-1 text-ink-2 hover:text-ink",
              line.id === highlighted && "bg-hover text-ink",
            )}
          >
            <span
              style={hidden.has(line.id) ? { borderColor: line.color } : { background: line.color }}
              className={cn(
                "size-2 shrink-0 rounded-full",
                hidden.has(line.id) && "border-[1.5px]",
              )}
            />
            <span
              className={cn(
                "min-w-0 flex-1 truncate text-left",
                hidden.has(line.id) && "line-through",
              )}
            >
              {line.name}
            </span>
            {best === undefined ? null : (
              <span title={`Best: ${fullNumber(best)}`} className="tabular text-ink-3">
                {formatNumber(best)}
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}

function switched(hidden: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(hidden);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** All others hidden; pressed again, none. */
function allBut(
  lines: readonly ChartLine[],
  id: string,
  hidden: ReadonlySet<string>,
): ReadonlySet<string> {
  const others = lines.map((line) => line.id).filter((other) => other !== id);
  const alone = !hidden.has(id) && others.every((other) => hidden.has(other));
  return new Set(alone ? [] : others);
}
