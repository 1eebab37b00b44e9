import type { Member } from "@tessera/contracts/project";
import { z } from "zod";
import { authorize } from "../identity/authorize.ts";
import { beyond, keyOfValues, type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { presentMember } from "./present-member.ts";

const order = { createdAt: z.coerce.date(), userId: z.string() };

/** Who is a member, longest first. */
export async function listMembers(
  ctx: Context,
  input: { project: string } & PageInput,
): Promise<Page<Member>> {
  const { project } = await authorize(ctx, "member.read", input);
  const page = await pageBy(
    input,
    ({ after, take }) =>
      ctx.db.prisma.projectMember.findMany({
        where: { projectId: project.id, ...(after === null ? {} : beyond(after, order)) },
        include: { user: { select: { name: true, email: true } } },
        orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
        take,
      }),
    ({ createdAt, userId }) => keyOfValues([createdAt.toISOString(), userId]),
  );
  return { ...page, items: page.items.map(presentMember) };
}
