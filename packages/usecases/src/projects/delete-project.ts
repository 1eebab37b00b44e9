import { PlatformError } from "@tessera/contracts/errors";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";

/** Deletes a project with everything in it; failed_precondition while jobs are active. */
export async function deleteProject(ctx: Context, input: { project: string }): Promise<void> {
  const { project } = await authorize(ctx, "project.delete", input);
  await ctx.db.prisma.$transaction(async (tx) => {
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
    await tx.project.delete({ where: { id: project.id } });
  });
}
