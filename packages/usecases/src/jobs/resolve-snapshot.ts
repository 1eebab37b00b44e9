import { PlatformError } from "@tessera/contracts/errors";
import type { PoolClient } from "@tessera/db/transaction";

interface SnapshotRow {
  readonly state: string;
  readonly error: string | null;
  readonly commit: string | null;
  readonly branch: string | null;
  readonly remote: string | null;
}

/** Tags that tell where the code came from; throws when it cannot be had. */
export async function resolveSnapshot(
  client: PoolClient,
  projectId: string,
  id: string,
): Promise<Record<string, string>> {
  const { rows } = await client.query<SnapshotRow>(
    `SELECT state, error, git_commit AS "commit", git_branch AS branch, git_remote AS remote
     FROM snapshot WHERE id = $1 AND project_id = $2`,
    [id, projectId],
  );
  const row = rows[0];
  if (!row) {
    throw new PlatformError("invalid_argument", `There is no code snapshot ${id} in this project`, {
      issues: [{ path: "snapshotId", message: "upload the code first, or leave it out" }],
    });
  }
  if (row.state === "failed") {
    throw new PlatformError("failed_precondition", `That code could not be had: ${row.error}`);
  }
  return {
    ...(row.commit === null ? {} : { "mlflow.source.git.commit": row.commit }),
    ...(row.branch === null ? {} : { "mlflow.source.git.branch": row.branch }),
    ...(row.remote === null ? {} : { "mlflow.source.git.repoURL": row.remote }),
  };
}
