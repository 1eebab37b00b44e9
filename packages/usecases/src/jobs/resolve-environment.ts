import { PlatformError } from "@tessera/contracts/errors";
import type { PoolClient } from "@tessera/db/transaction";

const LARGEST = 2 ** 31 - 1;

/** The id of the revision that `name` (the latest) or `name@number` means in a project. */
export async function resolveEnvironment(
  client: PoolClient,
  projectId: string,
  reference: string,
): Promise<string> {
  const [name = reference, number] = reference.split("@");
  const wanted = number === undefined ? null : Math.min(Number(number), LARGEST);
  const { rows } = await client.query<{ id: string }>(
    `SELECT r.id FROM environment_revision r JOIN environment e ON e.id = r.environment_id
     WHERE e.project_id = $1 AND e.name = $2 AND ($3::int IS NULL OR r.number = $3)
     ORDER BY r.number DESC LIMIT 1`,
    [projectId, name, wanted],
  );
  if (rows[0]) return rows[0].id;
  throw new PlatformError("invalid_argument", `There is no environment "${reference}" here`, {
    issues: [{ path: "environment", message: "name one of the project's environments" }],
  });
}
