import { PlatformError } from "@tessera/contracts/errors";
import { publishEvent } from "../events/publish-event.ts";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";

/** Takes a tag away; the version stays. */
export async function deleteDatasetTag(
  ctx: Context,
  input: { project: string; name: string; tag: string },
): Promise<void> {
  const { project } = await authorize(ctx, "data.write", { project: input.project });
  const { name, tag } = input;
  await ctx.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.datasetTag.deleteMany({
      where: { name: tag, dataset: { projectId: project.id, name } },
    });
    if (count === 0) {
      throw new PlatformError("not_found", `There is no tag "${tag}" of a dataset "${name}"`);
    }
    await recordAudit(ctx, tx, {
      action: "dataset.untag",
      subject: name,
      projectId: project.id,
      details: { tag },
    });
    await publishEvent(tx, { type: "dataset.changed", projectId: project.id, subject: name });
  });
}
