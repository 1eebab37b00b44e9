import { TriangleAlert } from "lucide-react";
import { Button } from "../../parts/button.tsx";
import { countOf } from "../../parts/format/number.ts";
import { mostCompared } from "../runs/compare-path.ts";

export interface MissingRunsProps {
  missing: readonly string[];
  /** How many more than can be compared were asked for. */
  beyond: number;
  onLeaveOut(): void;
}

/** Says which of the wanted runs are not here; the others are compared all the same. */
export function MissingRuns({ missing, beyond, onLeaveOut }: MissingRunsProps) {
  return (
    <section
      role="status"
      className="flex items-start gap-2.5 rounded-lg bg-warn-soft px-3 py-2 text-sm"
    >
      <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
      <div className="min-w-0 flex-1">
        {missing.length > 0 ? (
          <>
            <p>
              {countOf(missing.length, "of the runs is", "of the runs are")} not in this project:
              gone for good, of another project, or misspelt.
            </p>
            <p className="mt-0.5 max-h-24 overflow-y-auto font-mono text-xs [overflow-wrap:anywhere] text-ink-2">
              {missing.join(", ")}
            </p>
          </>
        ) : null}
        {beyond > 0 ? (
          <p>
            {countOf(beyond, "run")} left out: at most {mostCompared} are compared at once.
          </p>
        ) : null}
      </div>
      <Button size="sm" variant="ghost" onClick={onLeaveOut}>
        Leave {missing.length + beyond === 1 ? "it" : "them"} out
      </Button>
    </section>
  );
}
