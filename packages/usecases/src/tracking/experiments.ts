import { experimentNotFound } from "@tessera/mlflow/faults";
import type { ExperimentRecord } from "@tessera/mlflow/wire/present-experiment";
import type { Context } from "../platform/platform.ts";
import { experimentArtifactUri } from "./artifact-paths.ts";

/** An experiment as rows have it. */
export interface ExperimentRow {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly deleted: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

const LARGEST = 2 ** 31 - 1;

/** An experiment of a project that the caller may already see, by the id that clients know. */
export async function findExperiment(
  ctx: Context,
  projectId: string,
  id: string,
): Promise<ExperimentRow> {
  const number = Number(id);
  const possible = /^\d{1,10}$/.test(id) && number <= LARGEST;
  const row = possible
    ? await ctx.db.prisma.experiment.findUnique({
        where: { projectId_number: { projectId, number } },
        include: { tags: { orderBy: { key: "asc" } } },
      })
    : null;
  if (row === null) throw experimentNotFound(id);
  return row;
}

export function experimentRecord(row: ExperimentRow): ExperimentRecord {
  return {
    id: String(row.number),
    name: row.name,
    artifactLocation: experimentArtifactUri(row.number),
    lifecycleStage: row.deleted ? "deleted" : "active",
    creationTime: row.createdAt.getTime(),
    lastUpdateTime: row.updatedAt.getTime(),
    tags: row.tags,
  };
}
