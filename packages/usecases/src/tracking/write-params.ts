import type { PoolClient } from "@tessera/db/transaction";
import { paramsChanged } from "@tessera/mlflow/faults";
import type { KeyValue } from "@tessera/mlflow/validation";
import { lastOfEach } from "./write-tags.ts";

/** Sets params of a run; a param keeps its first value. @throws MlflowError for another value */
export async function writeParams(
  client: PoolClient,
  runId: string,
  params: readonly KeyValue[],
): Promise<void> {
  if (params.length === 0) return;
  const list = lastOfEach(params);
  const keys = list.map((param) => param.key);
  const { rowCount } = await client.query({
    name: "write-run-params",
    text: `INSERT INTO run_param (run_id, key, value)
           SELECT $1, * FROM unnest($2::text[], $3::text[]) ON CONFLICT DO NOTHING`,
    values: [runId, keys, list.map((param) => param.value)],
  });
  if (rowCount === list.length) return;
  const { rows } = await client.query<KeyValue>({
    name: "read-run-params",
    text: "SELECT key, value FROM run_param WHERE run_id = $1 AND key = ANY($2)",
    values: [runId, keys],
  });
  const kept = new Map(rows.map((row) => [row.key, row.value]));
  const changes = list.flatMap(({ key, value }) => {
    const oldValue = kept.get(key);
    return oldValue === undefined || oldValue === value ? [] : [{ key, oldValue, newValue: value }];
  });
  if (changes.length > 0) throw paramsChanged(runId, changes);
}
