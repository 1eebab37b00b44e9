import type { PoolClient } from "@tessera/db/transaction";
import { LIMITS } from "@tessera/mlflow/limits";
import type { ResolvedData } from "./resolve-data.ts";

interface DataOfJob {
  readonly id: string;
  readonly projectId: string;
  readonly data: readonly ResolvedData[];
}

/** Pins a job to its data, and tells trackers of it as of any dataset that a run read. */
export async function insertJobData(client: PoolClient, job: DataOfJob): Promise<void> {
  if (job.data.length === 0) return;
  const { rows } = await client.query<{ slug: string }>("SELECT slug FROM project WHERE id = $1", [
    job.projectId,
  ]);
  const project = rows[0]?.slug;
  for (const { path, versionId, ...version } of job.data) {
    const { name, number, digest, fileCount, sizeBytes } = version;
    await client.query(
      "INSERT INTO workload_data (workload_id, path, version_id) VALUES ($1, $2, $3)",
      [job.id, path, versionId],
    );
    // The same version at two places is one input.
    await client.query(
      `INSERT INTO run_input (run_id, name, digest, context, source_type, source, profile, tags)
       VALUES ($1, $2, $3, '', 'tessera', $4, $5, $6) ON CONFLICT DO NOTHING`,
      [
        job.id,
        name,
        digest.slice(0, LIMITS.datasetDigestLength),
        JSON.stringify({ project, dataset: name, version: number, digest }),
        JSON.stringify({ num_files: fileCount, size_bytes: sizeBytes }),
        JSON.stringify({ "tessera.dataset.version": String(number) }),
      ],
    );
  }
}
