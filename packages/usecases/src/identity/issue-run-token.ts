import { sha256 } from "@tessera/kit/hash";
import { newId } from "@tessera/kit/ids";
import type { Context } from "../platform/platform.ts";

interface RunTokenInput {
  readonly token: string;
  readonly workload: {
    readonly id: string;
    readonly projectId: string;
    readonly createdBy: string | null;
    readonly name: string;
  };
}

/**
 * Makes a token good for one workload's run; earlier ones of the same workload stop working.
 * `endWorkload` and a retry end it.
 */
export async function issueRunToken(ctx: Context, { token, workload }: RunTokenInput) {
  await ctx.db.prisma.$transaction(async (tx) => {
    await tx.accessToken.deleteMany({ where: { workloadId: workload.id } });
    if (workload.createdBy === null) return;
    await tx.accessToken.create({
      data: {
        id: newId(),
        userId: workload.createdBy,
        kind: "run",
        name: workload.name,
        prefix: token.slice(0, 8),
        hash: sha256(token),
        projectId: workload.projectId,
        workloadId: workload.id,
      },
    });
  });
}
