import type { PoolClient } from "@tessera/db/transaction";
import type { KeyValue } from "@tessera/mlflow/validation";

/** The tag that is a run's name. */
export const RUN_NAME = "mlflow.runName";

/** The last of each key, in the order of keys, so that two writers cannot wait for each other. */
export function lastOfEach(pairs: readonly KeyValue[]): KeyValue[] {
  const last = new Map(pairs.map((pair) => [pair.key, pair]));
  return [...last.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Sets tags of a run; the run's name follows its tag. */
export async function writeTags(
  client: PoolClient,
  runId: string,
  tags: readonly KeyValue[],
): Promise<void> {
  if (tags.length === 0) return;
  const last = lastOfEach(tags);
  await client.query({
    name: "write-run-tags",
    text: `INSERT INTO run_tag (run_id, key, value)
           SELECT $1, * FROM unnest($2::text[], $3::text[])
           ON CONFLICT (run_id, key) DO UPDATE SET value = excluded.value`,
    values: [runId, last.map((tag) => tag.key), last.map((tag) => tag.value)],
  });
  const name = last.find((tag) => tag.key === RUN_NAME)?.value;
  if (name !== undefined) {
    await client.query("UPDATE run SET name = $2 WHERE id = $1", [runId, name]);
  }
}
