import { PlatformError } from "@tessera/contracts/errors";
import type { Member, PutMember } from "@tessera/contracts/project";
import { publishEvent } from "../events/publish-event.ts";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { checkOwners, lockMembers } from "./check-owners.ts";
import { presentMember } from "./present-member.ts";

interface Input {
  readonly project: string;
  readonly member: PutMember;
}

/** Adds a member by e-mail address, or changes a member's role; the last owner stays one. */
export async function putMember(ctx: Context, { project: slug, member }: Input): Promise<Member> {
  const { project } = await authorize(ctx, "member.manage", { project: slug });
  const { role } = member;
  const email = member.email.toLowerCase();
  return ctx.db.prisma.$transaction(async (tx) => {
    await lockMembers(tx, project);
    const user = await tx.user.findUnique({ where: { email } });
    if (!user) {
      throw new PlatformError(
        "failed_precondition",
        `Nobody here has the e-mail address ${email}; an administrator can add them`,
      );
    }
    const ids = { projectId: project.id, userId: user.id };
    const row = await tx.projectMember.upsert({
      where: { projectId_userId: ids },
      create: { ...ids, role },
      update: { role },
      include: { user: { select: { name: true, email: true } } },
    });
    await checkOwners(tx, project);
    await recordAudit(ctx, tx, {
      action: "member.put",
      subject: user.id,
      projectId: project.id,
      details: { role },
    });
    await publishEvent(tx, { type: "member.changed", projectId: project.id, subject: user.id });
    return presentMember(row);
  });
}
