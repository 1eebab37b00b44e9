import { isUniqueViolation } from "@tessera/db/database-error";
import { newId } from "@tessera/kit/ids";
import { experimentNameTaken } from "@tessera/mlflow/faults";
import {
  type KeyValue,
  validateExperimentName,
  validateExperimentTag,
} from "@tessera/mlflow/validation";
import type { ExperimentRecord } from "@tessera/mlflow/wire/present-experiment";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { experimentRecord } from "./experiments.ts";

interface Input {
  readonly project: string;
  readonly name: string;
  readonly tags?: readonly KeyValue[];
}

/** Creates an experiment with the project's next number. @throws MlflowError when the name is taken */
export async function createExperiment(ctx: Context, input: Input): Promise<ExperimentRecord> {
  const { project } = await authorize(ctx, "run.write", { project: input.project });
  validateExperimentName(input.name);
  const tags = input.tags ?? [];
  for (const tag of tags) validateExperimentTag(tag);
  try {
    const row = await ctx.db.prisma.$transaction(async (tx) => {
      const { nextExperiment } = await tx.project.update({
        where: { id: project.id },
        data: { nextExperiment: { increment: 1 } },
        select: { nextExperiment: true },
      });
      const id = newId();
      await recordAudit(ctx, tx, {
        action: "experiment.create",
        subject: id,
        projectId: project.id,
        details: { name: input.name },
      });
      return tx.experiment.create({
        data: {
          id,
          projectId: project.id,
          number: nextExperiment - 1,
          name: input.name,
          tags: { create: tags.map(({ key, value }) => ({ key, value })) },
        },
        include: { tags: true },
      });
    });
    return experimentRecord(row);
  } catch (error) {
    throw isUniqueViolation(error) ? experimentNameTaken(input.name) : error;
  }
}
