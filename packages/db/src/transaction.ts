import type { Pool, PoolClient } from "pg";
import { isTransientConflict } from "./database-error.ts";

export type { Pool, PoolClient } from "pg";

export interface TransactionOptions {
  /** "read committed" unless told. */
  readonly isolation?: "read committed" | "repeatable read" | "serializable";
  readonly readOnly?: boolean;
  /**
   * How often `work` is run again after a deadlock or a serialization failure. 0 unless told:
   * with more, `work` must have no effects outside the transaction.
   */
  readonly retries?: number;
}

/**
 * Runs `work` in one transaction on one connection: committed when it resolves, rolled back when
 * it rejects. A connection on which even the rollback fails is thrown away.
 */
export async function withTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  const retries = options.retries ?? 0;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await runOnce(pool, work, options);
    } catch (error) {
      if (attempt >= retries || !isTransientConflict(error)) throw error;
      await pause(attempt);
    }
  }
}

async function runOnce<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  options: TransactionOptions,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection lost between two queries raises an event that would end the process.
  const noteLoss = (error: Error): void => {
    broken = error;
  };
  client.on("error", noteLoss);
  try {
    await client.query(beginStatement(options));
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.off("error", noteLoss);
    client.release(broken);
  }
}

function beginStatement({ isolation, readOnly }: TransactionOptions): string {
  const level = isolation === undefined ? "" : ` ISOLATION LEVEL ${isolation.toUpperCase()}`;
  return `BEGIN${level}${readOnly === true ? " READ ONLY" : ""}`;
}

/** Full jitter: two transactions that met once should not meet again. */
function pause(attempt: number): Promise<void> {
  const most = Math.min(500, 10 * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * most));
}
