import type { Run, RunKeys } from "@tessera/contracts/run";
import type { ReactNode } from "react";
import type { DataColumn } from "../../parts/data-table/table-model.ts";
import {
  fieldId,
  fieldLabel,
  fieldValue,
  isSystemMetric,
  isSystemTag,
  metricsByInterest,
  orderClause,
  readField,
  runAttributes,
} from "../run-fields/run-field.ts";
import type { RunAttribute, RunField } from "../run-fields/run-field.ts";
import {
  DurationCell,
  ExperimentCell,
  IdCell,
  MetricCell,
  NameCell,
  StartedCell,
  StateCell,
} from "./run-cells.tsx";

type Look = Pick<DataColumn<Run>, "cell" | "width" | "minWidth" | "fixed" | "numeric">;

const looks: Record<RunAttribute, Look> = {
  name: { cell: (run) => <NameCell run={run} />, width: 236, minWidth: 120, fixed: true },
  state: { cell: (run) => <StateCell run={run} />, width: 104 },
  started: { cell: (run) => <StartedCell run={run} />, width: 104 },
  duration: { cell: (run) => <DurationCell run={run} />, width: 96, numeric: true },
  user: { width: 104 },
  experiment: { cell: (run) => <ExperimentCell run={run} />, width: 140 },
  id: { cell: (run) => <IdCell run={run} />, width: 116 },
};

/** Every column that a project's runs can have. */
export function runColumns(
  keys: RunKeys | undefined,
  numericParams: ReadonlySet<string>,
): DataColumn<Run>[] {
  const metrics = metricsByInterest(keys?.metrics ?? []);
  const own = metrics.filter((key) => !isSystemMetric(key));
  const tags = (keys?.tags ?? []).toSorted(
    (a, b) => Number(isSystemTag(a)) - Number(isSystemTag(b)),
  );
  return [
    ...runAttributes.map((id) => column({ kind: "attribute", id }, looks[id])),
    ...metrics.map((key) =>
      keyed("m", key, { group: isSystemMetric(key) ? "system metrics" : "metrics", ...number }),
    ),
    ...(keys?.params ?? []).map((key) =>
      keyed("p", key, { group: "params", width: 104, numeric: numericParams.has(key) }),
    ),
    ...tags.map((key) =>
      keyed("t", key, { group: isSystemTag(key) ? "MLflow’s own tags" : "tags", width: 120 }),
    ),
    ...own.map((key) => keyed("min", key, { group: "lowest values", ...number })),
    ...own.map((key) => keyed("max", key, { group: "highest values", ...number })),
  ];
}

const number = { width: 108, numeric: true };

type Rest = Look & { readonly group?: string };

function keyed(prefix: "m" | "p" | "t" | "min" | "max", key: string, rest: Rest) {
  const id = fieldId(prefix, key);
  const field = readField(id);
  // Only an empty key has no field, and nothing can be logged under that.
  return column(field ?? { kind: "tag", id, key }, rest);
}

function column(field: RunField, rest: Rest): DataColumn<Run> {
  return {
    id: field.id,
    label: fieldLabel(field),
    value: (run) => fieldValue(field, run),
    sortable: orderClause(field, false) !== null,
    ...cellOf(field),
    ...rest,
  };
}

function cellOf(field: RunField): { cell?: (run: Run) => ReactNode } {
  if (!["metric", "min", "max"].includes(field.kind)) return {};
  return {
    cell: (run) => {
      const value = fieldValue(field, run);
      return <MetricCell value={typeof value === "number" ? value : null} />;
    },
  };
}

/** The params whose values are all numbers in these runs: they stand at the right. */
export function numericParamsOf(runs: readonly Run[]): string[] {
  const numeric = new Map<string, boolean>();
  for (const run of runs.slice(0, 200)) {
    for (const [key, value] of Object.entries(run.params)) {
      const number = value.trim() !== "" && !Number.isNaN(Number(value));
      numeric.set(key, number && numeric.get(key) !== false);
    }
  }
  return [...numeric].filter(([, all]) => all).map(([key]) => key);
}
