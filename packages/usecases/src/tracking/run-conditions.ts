import { metricCandidates } from "@tessera/metrics/search-sql";
import type { Condition, NumberCondition } from "@tessera/mlflow/filter-ast";
import { compareSql } from "./compare-sql.ts";
import type { SqlParameters } from "./sql-parameters.ts";

/** What a condition's SQL needs to know besides the condition. */
interface Scope {
  readonly parameters: SqlParameters;
  /** Ids of the experiments searched. */
  readonly experimentIds: readonly string[];
}

/** SQL of a run's attributes; the run is `r`, its experiment `e`. */
export const ATTRIBUTES: Readonly<Record<string, string>> = {
  run_id: "r.id",
  run_name: "r.name",
  user_id: "r.user_id",
  status: "r.status",
  artifact_uri: "('mlflow-artifacts:/' || e.number || '/' || r.id || '/artifacts')",
  start_time: "r.start_time",
  end_time: "r.end_time",
  experiment_id: "e.number::text",
  experiment_name: "e.name",
};

const DATASET_COLUMNS: Readonly<Record<string, string>> = {
  name: "i.name",
  digest: "i.digest",
  context: "i.context",
};

function pairCondition(table: string, condition: Condition, scope: Scope): string {
  const key = `${scope.parameters.add(condition.key)}::text`;
  const row = `SELECT 1 FROM ${table} p WHERE p.run_id = r.id AND p.key = ${key}`;
  if (condition.type === "presence") {
    return condition.operator === "IS NULL" ? `NOT EXISTS (${row})` : `EXISTS (${row})`;
  }
  return `EXISTS (${row} AND ${compareSql("p.value", condition, scope.parameters)})`;
}

function metricCondition(condition: NumberCondition, scope: Scope): string {
  const { key, operator, value } = condition;
  const filter = { scopes: scope.experimentIds, key, operator, value };
  return `r.id IN (${metricCandidates(filter, scope.parameters.add)})`;
}

/** A condition of a filter as SQL over `r` and `e`. */
export function runCondition(condition: Condition, scope: Scope): string {
  switch (condition.entity) {
    case "attribute":
      return compareSql(ATTRIBUTES[condition.key] ?? "NULL", condition, scope.parameters);
    case "metric":
      return condition.type === "number" ? metricCondition(condition, scope) : "false";
    case "param":
      return pairCondition("run_param", condition, scope);
    case "tag":
      return pairCondition("run_tag", condition, scope);
    case "dataset": {
      const column = DATASET_COLUMNS[condition.key] ?? "NULL";
      const same = compareSql(column, condition, scope.parameters);
      return `EXISTS (SELECT 1 FROM run_input i WHERE i.run_id = r.id AND ${same})`;
    }
    default:
      throw new Error(`No search over ${String(condition.entity)}`);
  }
}
