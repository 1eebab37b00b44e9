import { type Dataset, LATEST } from "@tessera/contracts/dataset";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { findVersion } from "./find-version.ts";
import { presentVersion } from "./present-version.ts";

/** A dataset with its newest version. */
export async function getDataset(
  ctx: Context,
  input: { project: string; name: string },
): Promise<Dataset> {
  const { project } = await authorize(ctx, "data.read", { project: input.project });
  const { name } = input;
  const latest = await findVersion(ctx, { projectId: project.id, name, version: LATEST });
  const { createdBy, createdAt } = await ctx.db.prisma.dataset.findUniqueOrThrow({
    where: { id: latest.datasetId },
  });
  return {
    name,
    project: project.slug,
    latest: presentVersion(latest),
    createdBy,
    createdAt: createdAt.toISOString(),
  };
}
