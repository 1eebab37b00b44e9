import type { Experiment } from "@tessera/contracts/run";
import { authorize } from "../identity/authorize.ts";
import { numericKey, type Page, pageBy, type PageInput } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { createExperiment as create } from "../tracking/create-experiment.ts";

/** A project's experiments in the order of their numbers, with how many runs each has. */
export async function listExperiments(
  ctx: Context,
  input: { project: string } & PageInput,
): Promise<Page<Experiment>> {
  const { project } = await authorize(ctx, "run.read", input);
  const page = await pageBy(
    input,
    ({ after, take }) =>
      ctx.db.prisma.experiment.findMany({
        where: {
          projectId: project.id,
          ...(after === null ? {} : { number: { gt: numericKey(after) } }),
        },
        include: { _count: { select: { runs: { where: { deleted: false } } } } },
        orderBy: { number: "asc" },
        take,
      }),
    ({ number }) => String(number),
  );
  return {
    ...page,
    items: page.items.map((row) => ({
      id: String(row.number),
      name: row.name,
      deleted: row.deleted,
      runCount: row._count.runs,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    })),
  };
}

export async function createExperiment(
  ctx: Context,
  input: { project: string; name: string },
): Promise<Experiment> {
  const record = await create(ctx, input);
  return {
    id: record.id,
    name: record.name,
    deleted: false,
    runCount: 0,
    createdAt: new Date(record.creationTime).toISOString(),
    updatedAt: new Date(record.lastUpdateTime).toISOString(),
  };
}
