import type { DatasetVersion } from "@tessera/contracts/dataset";
import { PlatformError } from "@tessera/contracts/errors";
import { type PoolClient, withTransaction } from "@tessera/db/transaction";
import { newId } from "@tessera/kit/ids";
import { publishEvent } from "../events/publish-event.ts";
import { authorize } from "../identity/authorize.ts";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { type DraftContents, digestDraft } from "./digest-draft.ts";
import { type DraftAddress, draftNotFound } from "./find-draft.ts";
import { presentVersion, versionInclude } from "./present-version.ts";
import { fileAndFolder } from "./refuse-below-files.ts";

interface Draft {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly message: string;
  readonly versionId: string | null;
}

const lockSql = `
  SELECT id, project_id AS "projectId", dataset_name AS name, message, version_id AS "versionId"
  FROM dataset_draft WHERE id = $1 AND project_id = $2 AND dataset_name = $3 FOR UPDATE`;

const conflictSql = `
  SELECT f.path FROM draft_file f WHERE f.draft_id = $1 AND f.path IN (
    SELECT array_to_string(parts[1:n], '/')
    FROM (SELECT string_to_array(path, '/') AS parts FROM draft_file WHERE draft_id = $1) AS split,
         generate_series(1, cardinality(parts) - 1) AS n)
  ORDER BY f.path LIMIT 1`;

// Whoever commits to a dataset waits here for those before, so that numbers follow each other.
const datasetSql = `
  INSERT INTO dataset (id, project_id, name, created_by) VALUES ($1, $2, $3, $4)
  ON CONFLICT (project_id, name) DO UPDATE SET name = excluded.name RETURNING id`;

const newestSql = `
  SELECT id, number, digest FROM dataset_version
  WHERE dataset_id = $1 ORDER BY number DESC LIMIT 1`;

async function contentsOf(client: PoolClient, draft: Draft): Promise<DraftContents> {
  const contents = await digestDraft(client, draft.id);
  if (contents.fileCount === 0) {
    throw new PlatformError("invalid_argument", "The upload has no file in it");
  }
  const { rows } = await client.query<{ path: string }>(conflictSql, [draft.id]);
  if (rows[0] !== undefined) throw fileAndFolder(rows[0].path);
  return contents;
}

/** The newest version if it has the same content; a new one otherwise. */
async function versionOf(ctx: Context, client: PoolClient, draft: Draft): Promise<string> {
  const { digest, fileCount, sizeBytes } = await contentsOf(client, draft);
  const by = actorName(ctx.actor);
  const { projectId, name } = draft;
  const dataset = await client.query<{ id: string }>(datasetSql, [newId(), projectId, name, by]);
  const datasetId = dataset.rows[0]?.id;
  const { rows } = await client.query<{ id: string; number: number; digest: string }>(newestSql, [
    datasetId,
  ]);
  const newest = rows[0];
  if (newest?.digest === digest) return newest.id;
  const id = newId();
  const number = (newest?.number ?? 0) + 1;
  await client.query(
    `INSERT INTO dataset_version
       (id, dataset_id, number, digest, message, file_count, size_bytes, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, datasetId, number, digest, draft.message, fileCount, sizeBytes, by],
  );
  await client.query(
    `INSERT INTO dataset_file (version_id, path, sha256, size_bytes)
     SELECT $2, path, sha256, size_bytes FROM draft_file WHERE draft_id = $1`,
    [draft.id, id],
  );
  const details = { version: number, digest };
  await recordAudit(ctx, client, { action: "dataset.commit", subject: name, projectId, details });
  await publishEvent(client, { type: "dataset.changed", projectId, subject: name });
  return id;
}

/** Makes an upload the dataset's next version. Asked again, it answers the same. */
export async function commitDatasetDraft(
  ctx: Context,
  address: DraftAddress,
): Promise<DatasetVersion> {
  const { project } = await authorize(ctx, "data.write", { project: address.project });
  const versionId = await withTransaction(ctx.db.pool, async (client) => {
    const values = [address.id, project.id, address.name];
    const draft = (await client.query<Draft>(lockSql, values)).rows[0];
    if (draft === undefined) throw draftNotFound(address);
    if (draft.versionId !== null) return draft.versionId;
    const id = await versionOf(ctx, client, draft);
    await client.query("UPDATE dataset_draft SET version_id = $2 WHERE id = $1", [draft.id, id]);
    await client.query("DELETE FROM draft_file WHERE draft_id = $1", [draft.id]);
    return id;
  });
  const where = { id: versionId };
  const row = await ctx.db.prisma.datasetVersion.findUniqueOrThrow({
    where,
    include: versionInclude,
  });
  return presentVersion(row);
}
