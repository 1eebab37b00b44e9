import { LATEST } from "@tessera/contracts/dataset";
import { PlatformError } from "@tessera/contracts/errors";
import type { Context } from "../platform/platform.ts";
import { versionInclude, type VersionRow } from "./present-version.ts";

interface Wanted {
  readonly projectId: string;
  readonly name: string;
  /** A number, a tag, or "latest". */
  readonly version: string;
}

function whichOf(version: string) {
  if (version === LATEST) return {};
  // A larger number than any version's is no number to the database.
  if (/^\d+$/.test(version)) return { number: version.length > 9 ? -1 : Number(version) };
  return { tags: { some: { name: version } } };
}

/** A version of a project that the caller may already see. */
export async function findVersion(ctx: Context, wanted: Wanted): Promise<VersionRow> {
  const { projectId, name, version } = wanted;
  const { datasetVersion } = ctx.db.prisma;
  const dataset = { projectId, name };
  const row = await datasetVersion.findFirst({
    where: { dataset, ...whichOf(version) },
    orderBy: { number: "desc" },
    include: versionInclude,
  });
  if (row) return row;
  const newest = await datasetVersion.findFirst({
    where: { dataset },
    orderBy: { number: "desc" },
    select: { number: true },
  });
  throw new PlatformError(
    "not_found",
    newest === null
      ? `There is no dataset "${name}" in this project`
      : `The dataset "${name}" has no version "${version}"; its newest is ${newest.number}`,
  );
}
