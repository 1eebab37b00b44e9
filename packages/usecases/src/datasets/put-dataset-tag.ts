import type { DatasetVersion } from "@tessera/contracts/dataset";
import { publishEvent } from "../events/publish-event.ts";
import { authorize } from "../identity/authorize.ts";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { findVersion } from "./find-version.ts";
import { presentVersion, versionInclude } from "./present-version.ts";

/** Points a tag at a version, wherever it pointed before. */
export async function putDatasetTag(
  ctx: Context,
  input: { project: string; name: string; tag: string; version: number },
): Promise<DatasetVersion> {
  const { project } = await authorize(ctx, "data.write", { project: input.project });
  const { name, tag, version: number } = input;
  const wanted = { projectId: project.id, name, version: String(number) };
  const { id, datasetId } = await findVersion(ctx, wanted);
  return ctx.db.prisma.$transaction(async (tx) => {
    const to = { versionId: id, updatedBy: actorName(ctx.actor), updatedAt: ctx.clock.now() };
    await tx.datasetTag.upsert({
      where: { datasetId_name: { datasetId, name: tag } },
      create: { datasetId, name: tag, ...to },
      update: to,
    });
    await recordAudit(ctx, tx, {
      action: "dataset.tag",
      subject: name,
      projectId: project.id,
      details: { tag, version: number },
    });
    await publishEvent(tx, { type: "dataset.changed", projectId: project.id, subject: name });
    const where = { id };
    return presentVersion(
      await tx.datasetVersion.findUniqueOrThrow({ where, include: versionInclude }),
    );
  });
}
