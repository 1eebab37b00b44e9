import type { Member } from "@tessera/contracts/project";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { presentMember } from "./present-member.ts";

/** Who is a member, longest first. */
export async function listMembers(
  ctx: Context,
  input: { project: string },
): Promise<{ items: Member[] }> {
  const { project } = await authorize(ctx, "member.read", input);
  const rows = await ctx.db.prisma.projectMember.findMany({
    where: { projectId: project.id },
    include: { user: { select: { name: true, email: true } } },
    orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
  });
  return { items: rows.map(presentMember) };
}
