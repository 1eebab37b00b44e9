import type { ClientBase, Pool } from "pg";
import { textArray } from "./pg-arrays.ts";

export type KeysOf =
  | { readonly scopes: readonly string[] }
  | { readonly runIds: readonly string[] };

// Names are kept when their last run is deleted, hence the look for a run that has one.
const OF_SCOPES = `
  SELECT n.key FROM metrics.name n
  WHERE n.scope = ANY($1::text[]) AND EXISTS (SELECT FROM metrics.series s WHERE s.name_id = n.id)
  UNION
  SELECT s.key FROM (SELECT DISTINCT run_id FROM metrics.pending WHERE scope = ANY($1::text[])) p
  JOIN metrics.series s ON s.run_id = p.run_id
  ORDER BY key`;

const OF_RUNS = `
  SELECT DISTINCT key FROM metrics.series WHERE run_id = ANY($1::text[]) ORDER BY key`;

/** Keys of all metrics of the runs, or of the experiments' runs, each once, in order of their bytes. */
export async function keysFor(db: Pool | ClientBase, of: KeysOf): Promise<string[]> {
  const [text, ids] = "scopes" in of ? [OF_SCOPES, of.scopes] : [OF_RUNS, of.runIds];
  const { rows } = await db.query<{ key: string }>(text, [textArray(ids)]);
  return rows.map((row) => row.key);
}
