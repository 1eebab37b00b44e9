import type { Run } from "@tessera/contracts/run";
import { Duration, NumberValue } from "../../parts/figures.tsx";
import { formatNumber, fullNumber } from "../../parts/format/number.ts";
import type { TableGroup } from "../../parts/data-table/table-model.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { fieldLabel, readField } from "../run-fields/run-field.ts";
import type { RunField } from "../run-fields/run-field.ts";
import { summarise } from "./group-runs.ts";
import type { RunGroup, SummaryKind } from "./group-runs.ts";

/** A group as the table takes it. */
export function tableGroup(group: RunGroup, field: RunField, kind: SummaryKind): TableGroup<Run> {
  const [first] = group.runs;
  return {
    id: group.id,
    rows: group.runs,
    label: (
      <span className="flex min-w-0 items-center gap-1.5">
        <span className="shrink-0 font-normal text-ink-3">{fieldLabel(field)}</span>
        {field.id === "state" && first ? (
          <StateBadge state={first.state} />
        ) : (
          <span title={group.value ?? undefined} className="truncate">
            {group.value === null ? "none" : group.value === "" ? "empty" : group.value}
          </span>
        )}
      </span>
    ),
    summary: (columnId) => <Summary group={group} columnId={columnId} by={field} kind={kind} />,
  };
}

interface SummaryProps {
  group: RunGroup;
  columnId: string;
  by: RunField;
  kind: SummaryKind;
}

function Summary({ group, columnId, by, kind }: SummaryProps) {
  const field = readField(columnId);
  if (field === undefined || field.id === by.id || isNoSummary(field)) return null;
  const found = summarise(group.runs, field, kind);
  if (found === undefined) return null;
  if (found.kind === "same") {
    return (
      <span title={found.value} className="truncate">
        {found.value}
      </span>
    );
  }
  if (found.kind === "different") return <span className="text-ink-3">{found.count} values</span>;
  if (field.id === "duration") return <Duration ms={found.value} />;
  return (
    <span className="truncate">
      <NumberValue value={found.value} />
      {found.spread === null ? null : (
        <span title={`Standard deviation: ${fullNumber(found.spread)}`} className="text-ink-3">
          {" "}
          ±{formatNumber(Number(found.spread.toPrecision(2)))}
        </span>
      )}
    </span>
  );
}

/** Ids and times of many runs have nothing in common that helps anyone. */
function isNoSummary(field: RunField): boolean {
  return field.id === "id" || field.id === "started" || field.id === "name";
}
