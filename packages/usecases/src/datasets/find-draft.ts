import { PlatformError } from "@tessera/contracts/errors";
import { authorize, type ProjectRow } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { draftInclude, type DraftRow } from "./present-draft.ts";

/** Where a draft is. */
export interface DraftAddress {
  readonly project: string;
  readonly name: string;
  readonly id: string;
}

export function draftNotFound({ name, id }: Pick<DraftAddress, "name" | "id">): PlatformError {
  return new PlatformError("not_found", `There is no upload ${id} to a dataset "${name}"`);
}

/** Refuses to change an upload that is a version already. */
export function committedAlready(number: number): PlatformError {
  return new PlatformError(
    "failed_precondition",
    `The upload is version ${number} already; begin another to add files`,
  );
}

/** A draft that the caller may write to. */
export async function findDraft(
  ctx: Context,
  address: DraftAddress,
): Promise<{ readonly project: ProjectRow; readonly draft: DraftRow }> {
  const { project } = await authorize(ctx, "data.write", { project: address.project });
  const { id, name } = address;
  const draft = await ctx.db.prisma.datasetDraft.findFirst({
    where: { id, projectId: project.id, datasetName: name },
    include: draftInclude,
  });
  if (draft === null) throw draftNotFound(address);
  return { project, draft };
}

/** A draft that files may still be added to; it is kept for another while. */
export async function openDraft(ctx: Context, address: DraftAddress): Promise<ProjectRow> {
  const { project, draft } = await findDraft(ctx, address);
  if (draft.version !== null) throw committedAlready(draft.version.number);
  await ctx.db.pool.query(
    `UPDATE dataset_draft SET touched_at = now()
     WHERE id = $1 AND touched_at < now() - interval '1 hour'`,
    [draft.id],
  );
  return project;
}
