import { PlatformError } from "@tessera/contracts/errors";
import { publishEvent } from "../events/publish-event.ts";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";

/** Deletes a project with everything in it; failed_precondition while jobs are active. */
export async function deleteProject(ctx: Context, input: { project: string }): Promise<void> {
  const { project } = await authorize(ctx, "project.delete", input);
  await ctx.db.prisma.$transaction(async (tx) => {
    // A job that is submitted now waits for this lock, and then finds no project.
    await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${project.id} FOR UPDATE`;
    const active = await tx.workload.count({
      where: { projectId: project.id, state: { in: ["queued", "starting", "running"] } },
    });
    if (active > 0) {
      throw new PlatformError(
        "failed_precondition",
        `${active} job${active === 1 ? " is" : "s are"} still active; cancel first`,
      );
    }
    await recordAudit(ctx, tx, {
      action: "project.delete",
      subject: project.id,
      details: { slug: project.slug },
    });
    await publishEvent(tx, {
      type: "project.changed",
      projectId: project.id,
      subject: project.id,
      data: { slug: project.slug, deleted: true },
    });
    await tx.project.delete({ where: { id: project.id } });
  });
}
