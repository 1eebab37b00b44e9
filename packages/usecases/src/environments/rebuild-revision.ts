import type { EnvironmentRevision } from "@tessera/contracts/environment";
import { PlatformError } from "@tessera/contracts/errors";
import { publishEvent } from "../events/publish-event.ts";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { enqueueBuild } from "./enqueue-build.ts";
import { findRevision } from "./find-environment.ts";
import { presentRevision } from "./present-environment.ts";

/** Tries a failed build again; failed_precondition for one that did not fail. */
export async function rebuildRevision(
  ctx: Context,
  input: { project: string; name: string; number: number },
): Promise<EnvironmentRevision> {
  const { project } = await authorize(ctx, "environment.write", { project: input.project });
  const { name, number } = input;
  const { id } = await findRevision(ctx, { projectId: project.id, name, number });
  await ctx.db.prisma.$transaction(async (tx) => {
    const { count } = await tx.environmentRevision.updateMany({
      where: { id, state: "failed" },
      data: { state: "queued", error: null },
    });
    if (count === 0) {
      throw new PlatformError("failed_precondition", `${name}@${number} did not fail`);
    }
    await recordAudit(ctx, tx, {
      action: "environment.rebuild",
      subject: id,
      projectId: project.id,
    });
    await publishEvent(tx, { type: "environment.changed", projectId: project.id, subject: id });
    await enqueueBuild(tx, id);
  });
  ctx.outboxWritten();
  return presentRevision(await findRevision(ctx, { projectId: project.id, name, number }));
}
