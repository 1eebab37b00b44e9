import { PlatformError } from "@tessera/contracts/errors";
import type { Context } from "../platform/platform.ts";
import { revisionInclude, type RevisionRow } from "./present-environment.ts";

interface Wanted {
  readonly projectId: string;
  readonly name: string;
  /** The latest when it is left out. */
  readonly number?: number;
}

/** A revision of a project that the caller may already see. */
export async function findRevision(ctx: Context, wanted: Wanted): Promise<RevisionRow> {
  const { projectId, name, number } = wanted;
  const row = await ctx.db.prisma.environmentRevision.findFirst({
    where: { environment: { projectId, name }, ...(number === undefined ? {} : { number }) },
    orderBy: { number: "desc" },
    include: revisionInclude,
  });
  if (row) return row;
  const what = number === undefined ? `environment "${name}"` : `revision ${name}@${number}`;
  throw new PlatformError("not_found", `There is no ${what} in this project`);
}
