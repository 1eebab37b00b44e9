import { quoteKey, quoteValue } from "@tessera/mlflow/filter-print";

/** A key as it is written after `metrics.`, `params.` or `tags.`; null: no quotes can hold it. */
export function writeRunKey(key: string): string | null {
  return quoteKey(key);
}

/** `params.lr = '0.1'`, or null when the grammar has no way to write it. */
export function writeRunCondition(
  entity: "params" | "tags",
  key: string,
  value: string,
): string | null {
  const [name, text] = [quoteKey(key), quoteValue(value)];
  return name === null || text === null ? null : `${entity}.${name} = ${text}`;
}

/** A filter that finds exactly these runs. */
export function writeRunIds(ids: readonly string[]): string {
  return `attributes.run_id IN (${ids.map((id) => `'${id}'`).join(", ")})`;
}
