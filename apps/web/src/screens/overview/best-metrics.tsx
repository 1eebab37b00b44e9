import type { BestMetric } from "@tessera/contracts/overview";
import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { projectPath } from "../../frame/navigation.ts";
import { NumberValue } from "../../parts/figures.tsx";
import { RunDot } from "../../parts/run-colors/run-dot.tsx";

/** The best value so far of each metric, and the run that holds it. */
export function BestMetrics({ best, project }: { best: readonly BestMetric[]; project: string }) {
  if (best.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2 text-base font-semibold">Best so far</h2>
      <ul className="grid grid-cols-2 gap-3 lg:grid-cols-3 xl:grid-cols-6">
        {best.map((each) => (
          <li key={each.key} className="min-w-0">
            <Link
              href={projectPath(project, "runs", each.runId)}
              className="flex h-full flex-col gap-0.5 rounded-lg border border-line bg-surface px-3 py-2.5 transition-colors hover:border-line-strong"
            >
              <span className="flex items-center gap-1 text-sm text-ink-2">
                <span className="truncate" title={each.key}>
                  {each.key}
                </span>
                {each.goal === "max" ? (
                  <ArrowUp className="size-3 shrink-0" aria-label="higher is better" />
                ) : (
                  <ArrowDown className="size-3 shrink-0" aria-label="lower is better" />
                )}
              </span>
              <NumberValue value={each.value} className="text-lg font-semibold" />
              <span className="flex min-w-0 items-center gap-1.5 text-sm text-ink-3">
                <RunDot runId={each.runId} />
                <span className="truncate">{each.runName}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
