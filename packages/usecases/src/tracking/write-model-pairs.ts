import type { PoolClient } from "@tessera/db/transaction";
import { paramsChanged } from "@tessera/mlflow/faults";
import type { KeyValue } from "@tessera/mlflow/validation";
import { lastOfEach } from "./write-tags.ts";

/** Sets params of a logged model; a param keeps its first value. @throws MlflowError for another */
export async function writeModelParams(
  client: PoolClient,
  modelId: string,
  params: readonly KeyValue[],
): Promise<void> {
  if (params.length === 0) return;
  const list = lastOfEach(params);
  const keys = list.map((param) => param.key);
  const { rowCount } = await client.query(
    `INSERT INTO logged_model_param (model_id, key, value)
     SELECT $1, * FROM unnest($2::text[], $3::text[]) ON CONFLICT DO NOTHING`,
    [modelId, keys, list.map((param) => param.value)],
  );
  if (rowCount === list.length) return;
  const { rows } = await client.query<KeyValue>(
    "SELECT key, value FROM logged_model_param WHERE model_id = $1 AND key = ANY($2)",
    [modelId, keys],
  );
  const kept = new Map(rows.map((row) => [row.key, row.value]));
  const changes = list.flatMap(({ key, value }) => {
    const oldValue = kept.get(key);
    return oldValue === undefined || oldValue === value ? [] : [{ key, oldValue, newValue: value }];
  });
  if (changes.length > 0) throw paramsChanged(modelId, changes);
}

/** Sets tags of a logged model. */
export async function writeModelTags(
  client: PoolClient,
  modelId: string,
  tags: readonly KeyValue[],
): Promise<void> {
  if (tags.length === 0) return;
  const last = lastOfEach(tags);
  await client.query(
    `INSERT INTO logged_model_tag (model_id, key, value)
     SELECT $1, * FROM unnest($2::text[], $3::text[])
     ON CONFLICT (model_id, key) DO UPDATE SET value = excluded.value`,
    [modelId, last.map((tag) => tag.key), last.map((tag) => tag.value)],
  );
}
