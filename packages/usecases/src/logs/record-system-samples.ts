import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";

interface Sample {
  readonly workloadId: string;
  readonly cpuPercent: number;
  readonly memoryBytes: number;
}

/** Keeps what running workloads use at this moment. */
export async function recordSystemSamples(ctx: Context, samples: readonly Sample[]): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  const at = ctx.clock.now();
  await ctx.db.prisma.systemSample.createMany({
    data: samples.map((sample) => ({ ...sample, at, memoryBytes: BigInt(sample.memoryBytes) })),
    skipDuplicates: true,
  });
}
