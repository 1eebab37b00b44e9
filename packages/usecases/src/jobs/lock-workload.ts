import type { Transaction } from "@tessera/db/client";

/** Makes changes to one workload wait for each other until the transaction ends. */
export async function lockWorkload(tx: Transaction, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM workload WHERE id = ${id} FOR UPDATE`;
}
