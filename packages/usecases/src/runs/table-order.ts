import { invalidParameter } from "@tessera/mlflow/errors";
import { parseOrderByClause } from "@tessera/mlflow/order-by";
import type { RunOrderBy } from "../tracking/run-order.ts";

const OWN = /^attributes?\.(duration|experiment_name)(?:\s+(asc|desc))?$/iu;
const EXTREME = /^(min|max)\s*\(\s*(metrics?\..*?)\s*\)(\s+(?:asc|desc))?$/isu;

/**
 * Reads the order of a table: MLflow's clauses; `attributes.duration` and
 * `attributes.experiment_name`; `min(metrics.loss)` and `max(metrics.loss)`. Params that are
 * numbers come in the order of numbers, where MLflow takes all of them for words.
 *
 * @throws MlflowError on what is none of these, or a field named twice
 */
export function readTableOrder(clauses: readonly string[]): RunOrderBy[] {
  const seen = new Set<string>();
  return clauses.map((clause) => {
    const order = readClause(clause.trim());
    const name = `${order.as ?? ""} ${order.entity}.${order.key}`;
    if (seen.has(name)) throw invalidParameter(`The order names the same twice: '${clause}'`);
    seen.add(name);
    return order;
  });
}

function readClause(clause: string): RunOrderBy {
  const [, key, direction] = OWN.exec(clause) ?? [];
  if (key !== undefined) {
    const ascending = direction?.toLowerCase() !== "desc";
    return { entity: "attribute", key: key.toLowerCase(), ascending };
  }
  const [, extreme, metric, order = ""] = EXTREME.exec(clause) ?? [];
  if (extreme !== undefined) {
    const as = extreme.toLowerCase() === "min" ? "min" : "max";
    return { ...parseOrderByClause("runs", `${metric}${order}`), as };
  }
  const read = parseOrderByClause("runs", clause);
  return read.entity === "param" ? { ...read, as: "number" } : read;
}
