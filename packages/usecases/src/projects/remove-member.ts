import { PlatformError } from "@tessera/contracts/errors";
import { publishEvent } from "../events/publish-event.ts";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { checkOwners, lockMembers } from "./check-owners.ts";

interface Input {
  readonly project: string;
  readonly userId: string;
}

/** Removes a member at once; the last owner stays. */
export async function removeMember(ctx: Context, { project: slug, userId }: Input): Promise<void> {
  const { project } = await authorize(ctx, "member.manage", { project: slug });
  await ctx.db.prisma.$transaction(async (tx) => {
    await lockMembers(tx, project);
    const { count } = await tx.projectMember.deleteMany({
      where: { projectId: project.id, userId },
    });
    if (count === 0) throw new PlatformError("not_found", `${userId} is not a member`);
    await checkOwners(tx, project);
    await recordAudit(ctx, tx, {
      action: "member.remove",
      subject: userId,
      projectId: project.id,
    });
    await publishEvent(tx, { type: "member.changed", projectId: project.id, subject: userId });
  });
}
