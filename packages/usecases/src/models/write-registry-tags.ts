import type { PoolClient } from "@tessera/db/transaction";
import type { KeyValue } from "@tessera/mlflow/validation";
import { lastOfEach } from "../tracking/write-tags.ts";

/** Whose tags: a registered model's, or a version's. */
export type TagOwner = { readonly model: string } | { readonly version: string };

function placeOf(owner: TagOwner): { table: string; column: string; id: string } {
  return "model" in owner
    ? { table: "registered_model_tag", column: "model_id", id: owner.model }
    : { table: "model_version_tag", column: "version_id", id: owner.version };
}

/** Sets tags of a registered model or a version. */
export async function writeRegistryTags(
  client: PoolClient,
  owner: TagOwner,
  tags: readonly KeyValue[],
): Promise<void> {
  if (tags.length === 0) return;
  const { table, column, id } = placeOf(owner);
  const last = lastOfEach(tags);
  await client.query(
    `INSERT INTO ${table} (${column}, key, value)
     SELECT $1, * FROM unnest($2::text[], $3::text[])
     ON CONFLICT (${column}, key) DO UPDATE SET value = excluded.value`,
    [id, last.map((tag) => tag.key), last.map((tag) => tag.value)],
  );
}

/** Removes a tag; one that is not there is removed already, as in MLflow. */
export async function removeRegistryTag(
  client: PoolClient,
  owner: TagOwner,
  key: string,
): Promise<void> {
  const { table, column, id } = placeOf(owner);
  await client.query(`DELETE FROM ${table} WHERE ${column} = $1 AND key = $2`, [id, key]);
}
