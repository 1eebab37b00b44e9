import { dataPlace } from "@tessera/contracts/job-data";
import { LATEST } from "@tessera/contracts/dataset";
import { PlatformError } from "@tessera/contracts/errors";
import type { SubmitJob } from "@tessera/contracts/job";
import type { PoolClient } from "@tessera/db/transaction";

/** A version that a job asks for, and where it wants to find it. */
export interface ResolvedData {
  readonly path: string;
  readonly versionId: string;
  readonly name: string;
  readonly number: number;
  readonly digest: string;
  readonly fileCount: number;
  readonly sizeBytes: number;
}

type Found = Omit<ResolvedData, "path">;

const findSql = {
  name: "resolve-data",
  text: `
    SELECT v.id AS "versionId", d.name, v.number, v.digest, v.file_count AS "fileCount",
           v.size_bytes::float8 AS "sizeBytes"
    FROM dataset d JOIN dataset_version v ON v.dataset_id = d.id
    WHERE d.project_id = $1 AND d.name = $2 AND (
      $3::text = '${LATEST}' OR v.number::text = $3
      OR v.id = (SELECT version_id FROM dataset_tag t WHERE t.dataset_id = d.id AND t.name = $3))
    ORDER BY v.number DESC LIMIT 1`,
};

/** The versions that a job's data means now. @throws PlatformError for one that is not there */
export async function resolveData(
  client: PoolClient,
  projectId: string,
  { data = [] }: SubmitJob,
): Promise<ResolvedData[]> {
  const resolved: ResolvedData[] = [];
  for (const [at, wanted] of data.entries()) {
    const [name, version = LATEST] = wanted.dataset.split("@");
    const { rows } = await client.query<Found>({ ...findSql, values: [projectId, name, version] });
    if (rows[0] === undefined) {
      const message = "name one of the project's datasets, and a version that it has";
      const words = `There is no dataset version "${wanted.dataset}" in this project`;
      const issues = [{ path: `data.${at}.dataset`, message }];
      throw new PlatformError("invalid_argument", words, { issues });
    }
    resolved.push({ ...rows[0], path: dataPlace(wanted) });
  }
  return resolved;
}
