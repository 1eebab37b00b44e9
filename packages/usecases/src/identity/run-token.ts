import type { Transaction } from "@tessera/db/client";
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
export async function createRunToken(tx: Transaction, input: RunTokenInput): Promise<string> {
  await revokeRunTokens(tx, input.workloadId);
  const { secret, hash, prefix } = newAccessSecret("run");
  await tx.accessToken.create({
    data: { id: newId(), kind: "run", name: `job ${input.workloadId}`, prefix, hash, ...input },
  });
  return secret;
}

/** Ends a job's tokens at once; to be called in the transaction that ends the attempt. */
export async function revokeRunTokens(tx: Transaction, workloadId: string): Promise<void> {
  await tx.accessToken.deleteMany({ where: { workloadId, kind: "run" } });
}
