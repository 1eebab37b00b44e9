import type { Context } from "../platform/platform.ts";
import { authorizeAccount } from "../identity/authorize.ts";

interface NodeInput {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly gpus: readonly { readonly index: number; readonly name: string }[];
}

/** Says that a node is there and what it has; repeated as a heartbeat. */
export async function registerNode(ctx: Context, node: NodeInput): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  const { id, ...columns } = node;
  const data = {
    ...columns,
    gpus: columns.gpus.map(({ index, name }) => ({ index, name })),
    seenAt: ctx.clock.now(),
  };
  await ctx.db.prisma.node.upsert({ where: { id }, create: { id, ...data }, update: data });
}
