import type { ManifestFile } from "@tessera/contracts/manifest";
import { type PoolClient, withTransaction } from "@tessera/db/transaction";
import { readManifest } from "../code/manifest.ts";
import { authorizeAccount } from "../identity/authorize.ts";
import { createRunToken } from "../identity/run-token.ts";
import type { Context } from "../platform/platform.ts";
import { trackingUri } from "../projects/present-project.ts";
import { commandOf, variablesOf } from "./present-job.ts";

/** Everything that a node needs to start an attempt. */
export interface Launch {
  readonly attemptId: string;
  readonly workloadId: string;
  readonly attemptNumber: number;
  readonly command: readonly string[];
  /** Variables that the submitter gave, and those that tell the command of its run. */
  readonly env: Readonly<Record<string, string>>;
  readonly gpuIndexes: readonly number[];
  readonly cpus: number;
  readonly memoryMb: number;
  readonly timeoutSeconds: number | null;
  /** The job's code; none when it has no code of its own. */
  readonly files: readonly ManifestFile[];
  readonly environment: LaunchEnvironment | null;
  readonly data: readonly LaunchData[];
}

/** A dataset's version, and where in the working folder its files belong. */
export interface LaunchData {
  readonly versionId: string;
  readonly dataset: string;
  readonly version: number;
  readonly path: string;
}

export interface LaunchEnvironment {
  readonly kind: string;
  readonly lock: string | null;
  readonly lockDigest: string | null;
  readonly image: string | null;
}

interface LaunchRow {
  readonly workloadId: string;
  readonly attemptNumber: number;
  readonly gpuIndexes: number[];
  readonly projectId: string;
  readonly createdBy: string | null;
  readonly command: unknown;
  readonly env: unknown;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly timeoutSeconds: number | null;
  readonly slug: string;
  readonly experimentNumber: number;
  readonly digest: string | null;
  readonly kind: string | null;
  readonly lock: string | null;
  readonly lockDigest: string | null;
  readonly image: string | null;
  readonly data: LaunchData[];
}

const launchSql = {
  name: "read-launch",
  text: `
    SELECT w.id AS "workloadId", a.number AS "attemptNumber", a.gpu_indexes AS "gpuIndexes",
           w.project_id AS "projectId", w.created_by AS "createdBy", w.command, w.env, w.cpus,
           w.memory_mb AS "memoryMb", w.timeout_seconds AS "timeoutSeconds", p.slug,
           e.number AS "experimentNumber", s.digest, r.kind, r.lock,
           r.lock_digest AS "lockDigest", r.image,
           (SELECT coalesce(json_agg(json_build_object('versionId', v.id, 'dataset', d.name,
              'version', v.number, 'path', wd.path)), '[]')
            FROM workload_data wd JOIN dataset_version v ON v.id = wd.version_id
            JOIN dataset d ON d.id = v.dataset_id WHERE wd.workload_id = w.id) AS data
    FROM workload w
    JOIN attempt a ON a.workload_id = w.id
    JOIN project p ON p.id = w.project_id
    JOIN experiment e ON e.id = w.experiment_id
    LEFT JOIN snapshot s ON s.id = w.snapshot_id
    LEFT JOIN environment_revision r ON r.id = w.environment_revision_id
    WHERE a.id = $1 AND a.state = 'starting' AND w.cancel_requested_at IS NULL
    FOR UPDATE OF w, a`,
};

/** Work that the platform itself submitted has nobody to speak for, so it gets no token. */
async function issueToken(client: PoolClient, row: LaunchRow): Promise<string> {
  const { workloadId, projectId, createdBy } = row;
  if (createdBy === null) return "";
  return createRunToken(client, { workloadId, projectId, userId: createdBy });
}

function runVariables(ctx: Context, row: LaunchRow, token: string): Record<string, string> {
  const { workloadId, slug } = row;
  return {
    MLFLOW_TRACKING_URI: trackingUri(ctx.settings, slug),
    MLFLOW_RUN_ID: workloadId,
    MLFLOW_EXPERIMENT_ID: String(row.experimentNumber),
    MLFLOW_TRACKING_TOKEN: token,
    TESSERA_URL: ctx.settings.publicUrl,
    TESSERA_TOKEN: token,
    TESSERA_PROJECT: slug,
    TESSERA_RUN_ID: workloadId,
    TESSERA_ATTEMPT: String(row.attemptNumber),
  };
}

function environmentOf({ kind, lock, lockDigest, image }: LaunchRow): LaunchEnvironment | null {
  return kind === null ? null : { kind, lock, lockDigest, image };
}

/**
 * Reads what an attempt is to run and issues the token that is good for its run alone. Answers
 * null for an attempt that must not be started: it ran already, or was cancelled before.
 */
export async function prepareLaunch(ctx: Context, attemptId: string): Promise<Launch | null> {
  authorizeAccount(ctx, "platform.administer");
  const found = await withTransaction(ctx.db.pool, async (client) => {
    const { rows } = await client.query<LaunchRow>({ ...launchSql, values: [attemptId] });
    const row = rows[0];
    return row && { row, token: await issueToken(client, row) };
  });
  if (found === undefined) return null;
  const { row, token } = found;
  return {
    attemptId,
    workloadId: row.workloadId,
    attemptNumber: row.attemptNumber,
    command: commandOf(row),
    env: { ...variablesOf(row), ...runVariables(ctx, row, token) },
    gpuIndexes: row.gpuIndexes,
    cpus: row.cpus,
    memoryMb: row.memoryMb,
    timeoutSeconds: row.timeoutSeconds,
    files: row.digest === null ? [] : await readManifest(ctx.blobs, row.digest),
    environment: environmentOf(row),
    data: row.data,
  };
}
