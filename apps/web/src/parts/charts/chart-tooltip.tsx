"use client";

import { formatNumber } from "../format/number.ts";
import { xFull } from "./axis-format.ts";
import type { ChartAxis } from "./chart-line.ts";
import type { Hover, HoverEntry } from "./hover.ts";

const shown = 8;

export interface ChartTooltipProps {
  hover: Hover;
  axis: ChartAxis;
}

/** The values at the crosshair, the nearest to the pointer first. */
export function ChartTooltip({ hover, axis }: ChartTooltipProps) {
  if (hover.entries.length === 0) return null;
  const right = hover.left > hover.width / 2;
  const more = hover.entries.length - shown;
  return (
    <div
      role="presentation"
      style={{
        top: 4,
        ...(right ? { right: hover.width - hover.left + 12 } : { left: hover.left + 12 }),
      }}
      className="pointer-events-none absolute z-10 max-w-72 rounded-md bg-raised px-2 py-1.5 text-xs shadow-pop"
    >
      <div className="tabular mb-1 text-ink-3">{xFull(hover.x, axis)}</div>
      {hover.entries.slice(0, shown).map((entry) => (
        <TooltipLine
          key={entry.trace.line.id}
          entry={entry}
          strong={entry.trace.line.id === hover.nearest}
        />
      ))}
      {more > 0 ? <div className="text-ink-3">and {more} more</div> : null}
    </div>
  );
}

function TooltipLine({ entry, strong }: { entry: HoverEntry; strong: boolean }) {
  const { line, raw } = entry.trace;
  const unsmoothed = raw?.[entry.at];
  return (
    <div
      className={
        strong ? "flex items-center gap-1.5 font-medium" : "flex items-center gap-1.5 text-ink-2"
      }
    >
      <span style={{ background: line.color }} className="size-2 shrink-0 rounded-full" />
      <span className="min-w-0 flex-1 truncate">{line.name}</span>
      <span className="tabular pl-2">
        {Number.isNaN(entry.value) ? "–" : formatNumber(entry.value)}
      </span>
      {unsmoothed === undefined ? null : (
        <span className="tabular text-ink-3">({formatNumber(unsmoothed)})</span>
      )}
    </div>
  );
}
