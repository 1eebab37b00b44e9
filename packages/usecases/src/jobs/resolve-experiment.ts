import type { Transaction } from "@tessera/db/client";
import { newId } from "@tessera/kit/ids";

/** The experiment of that name in a project, created when it is new. */
export async function resolveExperiment(
  tx: Transaction,
  projectId: string,
  name: string,
): Promise<{ id: string; number: number }> {
  const found = await tx.experiment.findUnique({ where: { projectId_name: { projectId, name } } });
  if (found) return found;
  const project = await tx.project.update({
    where: { id: projectId },
    data: { nextExperiment: { increment: 1 } },
    select: { nextExperiment: true },
  });
  return tx.experiment.upsert({
    where: { projectId_name: { projectId, name } },
    create: { id: newId(), projectId, name, number: project.nextExperiment - 1 },
    update: {},
  });
}
