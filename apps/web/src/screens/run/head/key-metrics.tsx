"use client";

import type { LatestMetric, Run } from "@tessera/contracts/run";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { CSSProperties } from "react";
import { cn } from "../../../parts/class-names.ts";
import { NumberValue } from "../../../parts/figures.tsx";
import { countOf, formatCount } from "../../../parts/format/number.ts";
import { MiddleTruncate } from "../../../parts/middle-truncate.tsx";
import { ViewLink } from "../../../parts/text-link.tsx";
import { bestOf, keyMetrics, metricNumber } from "../metric-value.ts";
import { usePinnedMetrics } from "../use-pinned-metrics.ts";

const shown = 6;
const shownOnPhone = 4;
/** In pixels: a few tiles do not stretch over the whole page. */
const widestTile = 300;

/** The metrics that say most, each with its last and its best value. */
export function KeyMetrics({ project, run }: { project: string; run: Run }) {
  const { pinned } = usePinnedMetrics(project);
  if (run.metrics.length === 0) return null;
  const metrics = keyMetrics(run.metrics, pinned, shown);
  const total = run.metrics.length;
  return (
    <ul
      aria-label="Key metrics"
      style={{ "--tiles": metrics.length, maxWidth: metrics.length * widestTile } as CSSProperties}
      className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3 xl:grid-cols-[repeat(var(--tiles),minmax(0,1fr))]"
    >
      {metrics.map((metric, at) => (
        <li
          key={metric.key}
          className={cn("min-w-0 bg-surface", at >= shownOnPhone && "max-sm:hidden")}
        >
          <MetricTile metric={metric} />
        </li>
      ))}
      <Filler count={metrics.length} />
      {total > shownOnPhone ? (
        <li
          className={cn(
            "col-span-full bg-surface px-3 py-1.5 text-xs text-ink-3",
            total <= shown && "sm:hidden",
          )}
        >
          {countOf(total, "metric")} in all, under Charts; pin one there to see it here
        </li>
      ) : null}
    </ul>
  );
}

/** Fills the last row, so that the lines between the tiles end where the tiles do. */
function Filler({ count }: { count: number }) {
  return (
    <>
      {count < shownOnPhone && count % 2 === 1 ? (
        <li aria-hidden className="bg-surface sm:hidden" />
      ) : null}
      {count % 3 === 0 ? null : (
        <li
          aria-hidden
          className={`hidden bg-surface sm:block xl:hidden ${count % 3 === 1 ? "col-span-2" : ""}`}
        />
      )}
    </>
  );
}

function MetricTile({ metric }: { metric: LatestMetric }) {
  return (
    <ViewLink
      plain
      title={`${metric.key}, at step ${formatCount(metric.step)}`}
      href={`?tab=charts&chart=${encodeURIComponent(metric.key)}`}
      className="focus-inset flex h-full flex-col gap-0.5 px-3 py-2 transition-colors hover:bg-hover/60"
    >
      <MiddleTruncate text={metric.key} className="text-xs text-ink-2" />
      <NumberValue value={metricNumber(metric.value)} className="text-lg leading-6 font-semibold" />
      <span className="tabular flex items-center gap-2 text-xs whitespace-nowrap text-ink-3">
        <Reach metric={metric} />
      </span>
    </ViewLink>
  );
}

/** The best value, or from where to where it went when no way is better. */
function Reach({ metric }: { metric: LatestMetric }) {
  if (metric.count === 1) return "one value";
  const best = bestOf(metric);
  if (best === undefined) {
    if (metric.min === null || metric.max === null) return "no finite value";
    return (
      <span>
        <NumberValue value={metricNumber(metric.min)} /> –{" "}
        <NumberValue value={metricNumber(metric.max)} />
      </span>
    );
  }
  const Arrow = best.goal === "max" ? ArrowUp : ArrowDown;
  const words = best.goal === "max" ? "higher is better" : "lower is better";
  return (
    <span className="flex items-center gap-1">
      best <NumberValue value={best.value} className="text-ink-2" />
      <span title={words}>
        <Arrow className="size-3" aria-label={words} />
      </span>
    </span>
  );
}
