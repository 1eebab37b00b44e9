import type { PoolClient } from "pg";
import type { Transaction } from "./client.ts";

/**
 * Runs one statement without a result in a transaction of either kind, so that a step can be part
 * of both. Values are text, numbers, dates, arrays or null; what the database cannot infer is cast.
 */
export async function runStatement(
  on: Transaction | PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<void> {
  if ("release" in on) await on.query(text, [...values]);
  else await on.$executeRawUnsafe(text, ...values);
}
