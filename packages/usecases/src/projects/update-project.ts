import type { Project, UpdateProject } from "@tessera/contracts/project";
import { publishEvent } from "../events/publish-event.ts";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { presentProject } from "./present-project.ts";

export async function updateProject(
  ctx: Context,
  input: { project: string; changes: UpdateProject },
): Promise<Project> {
  const access = await authorize(ctx, "project.update", { project: input.project });
  const { id } = access.project;
  const data = Object.fromEntries(
    Object.entries(input.changes).filter(([, value]) => value !== undefined),
  );
  const project = await ctx.db.prisma.$transaction(async (tx) => {
    await recordAudit(ctx, tx, {
      action: "project.update",
      subject: id,
      projectId: id,
      details: data,
    });
    await publishEvent(tx, { type: "project.changed", projectId: id, subject: id });
    return tx.project.update({ where: { id }, data });
  });
  return presentProject(ctx.settings, { project, role: access.role });
}
