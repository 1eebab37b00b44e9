"use client";

import type { LatestMetric, Run } from "@tessera/contracts/run";
import { ArrowDown, ArrowUp } from "lucide-react";
import { NumberValue } from "../../../parts/figures.tsx";
import { countOf, formatCount } from "../../../parts/format/number.ts";
import { MiddleTruncate } from "../../../parts/middle-truncate.tsx";
import { ViewLink } from "../../../parts/text-link.tsx";
import { bestOf, keyMetrics, metricNumber } from "../metric-value.ts";
import { usePinnedMetrics } from "../use-pinned-metrics.ts";

const shown = 6;

/** The metrics that say most, each with its last and its best value. */
export function KeyMetrics({ project, run }: { project: string; run: Run }) {
  const { pinned } = usePinnedMetrics(project);
  if (run.metrics.length === 0) return null;
  const metrics = keyMetrics(run.metrics, pinned, shown);
  const more = run.metrics.length - metrics.length;
  return (
    <ul
      aria-label="Key metrics"
      className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3 xl:grid-cols-6"
    >
      {metrics.map((metric) => (
        <li key={metric.key} className="min-w-0 bg-surface">
          <MetricTile metric={metric} />
        </li>
      ))}
      <Filler count={metrics.length} />
      {more > 0 ? (
        <li className="col-span-full bg-surface px-3 py-1.5 text-xs text-ink-3">
          and {countOf(more, "metric")} more, all under Charts; pin one there to see it here
        </li>
      ) : null}
    </ul>
  );
}

/** Fills the last row, so that the lines between the tiles end where the tiles do. */
function Filler({ count }: { count: number }) {
  return (
    <>
      {count % 2 === 1 ? <li aria-hidden className="bg-surface sm:hidden" /> : null}
      {count % 3 === 0 ? null : (
        <li
          aria-hidden
          className={`hidden bg-surface sm:block xl:hidden ${count % 3 === 1 ? "col-span-2" : ""}`}
        />
      )}
      {count % 6 === 0 ? null : (
        <li
          aria-hidden
          style={{ gridColumn: `span ${6 - (count % 6)}` }}
          className="hidden bg-surface xl:block"
        />
      )}
    </>
  );
}

function MetricTile({ metric }: { metric: LatestMetric }) {
  const best = bestOf(metric);
  const last = metricNumber(metric.value);
  const Arrow = best?.goal === "max" ? ArrowUp : ArrowDown;
  return (
    <ViewLink
      plain
      href={`?tab=charts&chart=${encodeURIComponent(metric.key)}`}
      className="focus-inset flex h-full flex-col gap-0.5 px-3 py-2 transition-colors hover:bg-hover/60"
    >
      <MiddleTruncate text={metric.key} className="text-xs text-ink-2" />
      <NumberValue value={last} className="text-lg leading-6 font-semibold" />
      <span className="tabular flex items-center gap-1 text-xs text-ink-3">
        {best === undefined || metric.count === 1 ? (
          metric.count === 1 ? (
            "one value"
          ) : (
            "no finite value"
          )
        ) : (
          <>
            best <NumberValue value={best.value} className="text-ink-2" />
            <span title={best.goal === "max" ? "higher is better" : "lower is better"}>
              <Arrow
                className="size-3"
                aria-label={best.goal === "max" ? "higher is better" : "lower is better"}
              />
            </span>
            <span className="ml-auto">step {formatCount(metric.step)}</span>
          </>
        )}
      </span>
    </ViewLink>
  );
}
