import { PlatformError } from "@tessera/contracts/errors";
import type { PoolClient } from "@tessera/db/transaction";

/** The tier of jobs that name none. */
export const DEFAULT_TIER = "small";

/** A tier's columns as a workload keeps them. */
export interface TierColumns {
  readonly tierName: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly gpus: number;
  readonly pricePerHour: number;
}

const tierSql = {
  name: "tier",
  text: `SELECT name AS "tierName", cpus, memory_mb AS "memoryMb", gpus,
                price_per_hour AS "pricePerHour"
         FROM tier WHERE name = $1`,
};

/** The tier of a name; invalid_argument when there is none, with the names that there are. */
export async function resolveTier(client: PoolClient, name = DEFAULT_TIER): Promise<TierColumns> {
  const { rows } = await client.query<TierColumns>({ ...tierSql, values: [name] });
  if (rows[0]) return rows[0];
  const tiers = await client.query<{ name: string }>("SELECT name FROM tier ORDER BY name");
  const names = tiers.rows.map((each) => each.name).join(", ");
  throw new PlatformError("invalid_argument", `There is no tier "${name}"; there are: ${names}`, {
    issues: [{ path: "tier", message: `must be one of ${names}` }],
  });
}
