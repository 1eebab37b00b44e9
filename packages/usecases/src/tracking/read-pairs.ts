import type { KeyValue } from "@tessera/mlflow/validation";
import type { Context } from "../platform/platform.ts";

interface Row {
  readonly run_id: string;
  readonly keys: string[];
  readonly values: string[];
}

// One row a run: a hundred thousand small rows would take longer to read than to find.
const read = (table: "run_param" | "run_tag") => ({
  name: `read-${table}`,
  text: `SELECT run_id, json_agg(key) AS keys, json_agg(value) AS values
         FROM ${table} WHERE run_id = ANY($1) GROUP BY run_id`,
});

const READ = { params: read("run_param"), tags: read("run_tag") };

function byKey(a: KeyValue, b: KeyValue): number {
  return a.key < b.key ? -1 : 1;
}

/** The params or tags of each run that has any, in order of key. */
export async function readPairs(
  ctx: Context,
  kind: "params" | "tags",
  runIds: readonly string[],
): Promise<Map<string, KeyValue[]>> {
  const { rows } = await ctx.db.pool.query<Row>({ ...READ[kind], values: [runIds] });
  const pairsOf = ({ keys, values }: Row): KeyValue[] =>
    keys.map((key, index) => ({ key, value: values[index] ?? "" })).sort(byKey);
  return new Map(rows.map((row) => [row.run_id, pairsOf(row)]));
}
