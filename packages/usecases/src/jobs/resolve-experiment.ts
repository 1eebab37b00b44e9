import { PlatformError } from "@tessera/contracts/errors";
import type { PoolClient } from "@tessera/db/transaction";
import { newId } from "@tessera/kit/ids";

interface ExperimentRow {
  readonly id: string;
  readonly deleted: boolean;
}

const findSql = {
  name: "experiment-of-name",
  text: "SELECT id, deleted FROM experiment WHERE project_id = $1 AND name = $2",
};

/** The id of a project's experiment of that name, created when it is new. */
export async function resolveExperiment(
  client: PoolClient,
  projectId: string,
  name: string,
): Promise<string> {
  const find = async (): Promise<ExperimentRow | undefined> =>
    (await client.query<ExperimentRow>({ ...findSql, values: [projectId, name] })).rows[0];
  const experiment = (await find()) ?? (await create(client, projectId, name)) ?? (await find());
  if (experiment === undefined) throw new Error(`The experiment "${name}" came and went`);
  if (!experiment.deleted) return experiment.id;
  throw new PlatformError("failed_precondition", `The experiment "${name}" is deleted`, {
    issues: [{ path: "experiment", message: "restore it first, or name another" }],
  });
}

/** Undefined when another transaction made it first. */
async function create(
  client: PoolClient,
  projectId: string,
  name: string,
): Promise<ExperimentRow | undefined> {
  const { rows } = await client.query<ExperimentRow>(
    `WITH numbered AS (
       UPDATE project SET next_experiment = next_experiment + 1 WHERE id = $2
       RETURNING next_experiment - 1 AS number)
     INSERT INTO experiment (id, project_id, name, number) SELECT $1, $2, $3, number FROM numbered
     ON CONFLICT (project_id, name) DO NOTHING RETURNING id, deleted`,
    [newId(), projectId, name],
  );
  return rows[0];
}
