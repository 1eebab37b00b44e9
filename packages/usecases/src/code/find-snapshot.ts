import type { Snapshot } from "@tessera/contracts/code";
import { PlatformError } from "@tessera/contracts/errors";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { presentSnapshot, type SnapshotRow } from "./present-snapshot.ts";

/** A snapshot of a project that the caller may already see. */
export async function findSnapshotRow(
  ctx: Context,
  projectId: string,
  id: string,
): Promise<SnapshotRow> {
  const row = await ctx.db.prisma.snapshot.findFirst({ where: { id, projectId } });
  if (row) return row;
  throw new PlatformError("not_found", `There is no code snapshot ${id} in this project`);
}

/** The manifest's digest of a snapshot whose content is there. */
export function digestOf(row: SnapshotRow): string {
  if (row.digest !== null) return row.digest;
  throw new PlatformError(
    "not_found",
    `The code of snapshot ${row.id} is not there (${row.state})`,
  );
}

/** The newest snapshot with this content, so that it need not be uploaded again. */
export async function findSnapshot(
  ctx: Context,
  input: { project: string; digest: string },
): Promise<Snapshot> {
  const { project } = await authorize(ctx, "code.read", { project: input.project });
  const row = await ctx.db.prisma.snapshot.findFirst({
    where: { projectId: project.id, digest: input.digest, state: "ready" },
    orderBy: { id: "desc" },
  });
  if (row) return presentSnapshot(row);
  throw new PlatformError("not_found", "There is no snapshot with this content in this project");
}
