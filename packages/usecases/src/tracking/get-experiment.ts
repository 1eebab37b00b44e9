import { experimentNameNotFound } from "@tessera/mlflow/faults";
import type { ExperimentRecord } from "@tessera/mlflow/wire/present-experiment";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { experimentRecord, findExperiment } from "./experiments.ts";

export async function getExperiment(
  ctx: Context,
  input: { project: string; experimentId: string },
): Promise<ExperimentRecord> {
  const { project } = await authorize(ctx, "run.read", { project: input.project });
  return experimentRecord(await findExperiment(ctx, project.id, input.experimentId));
}

/** Also finds a deleted one, as clients expect: they tell the user that the name is taken. */
export async function getExperimentByName(
  ctx: Context,
  input: { project: string; name: string },
): Promise<ExperimentRecord> {
  const { project } = await authorize(ctx, "run.read", { project: input.project });
  const row = await ctx.db.prisma.experiment.findUnique({
    where: { projectId_name: { projectId: project.id, name: input.name } },
    include: { tags: { orderBy: { key: "asc" } } },
  });
  if (row === null) throw experimentNameNotFound(input.name);
  return experimentRecord(row);
}
