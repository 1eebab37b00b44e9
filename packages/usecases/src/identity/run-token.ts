import type { Transaction } from "@tessera/db/client";
import { runStatement } from "@tessera/db/run-statement";
import type { PoolClient } from "@tessera/db/transaction";
import { newId } from "@tessera/kit/ids";
import { newAccessSecret } from "./access-secret.ts";

interface RunTokenInput {
  readonly workloadId: string;
  readonly projectId: string;
  /** Who submitted the job: what it does counts as done by them. */
  readonly userId: string;
}

/**
 * A token for one attempt of a job, good for its project and its own run alone. Tokens of earlier
 * attempts die. To be called in the transaction that starts the attempt.
 *
 * @returns the secret, which is kept nowhere.
 */
export async function createRunToken(
  tx: Transaction | PoolClient,
  { workloadId, projectId, userId }: RunTokenInput,
): Promise<string> {
  const { secret, hash, prefix } = newAccessSecret("run");
  await runStatement(
    tx,
    `WITH gone AS (DELETE FROM access_token WHERE workload_id = $2 AND kind = 'run')
     INSERT INTO access_token (id, workload_id, project_id, user_id, kind, name, prefix, hash)
     VALUES ($1::text, $2::text, $3::text, $4::text, 'run', 'job ' || $2, $5::text, $6::text)`,
    [newId(), workloadId, projectId, userId, prefix, hash],
  );
  return secret;
}

/** Ends a job's tokens at once; to be called in the transaction that ends the attempt. */
export async function revokeRunTokens(
  tx: Transaction | PoolClient,
  workloadId: string,
): Promise<void> {
  await runStatement(tx, "DELETE FROM access_token WHERE workload_id = $1::text AND kind = 'run'", [
    workloadId,
  ]);
}
