import type { ClientBase } from "pg";

/** First half of the advisory lock's key: "metr" in ASCII. */
const CLASS = 0x6d657472;

/** Holds off other compactions and the deletion of the run until the transaction ends. */
export async function lockRun(client: ClientBase, runId: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock($1::int4, hashtext($2))", [CLASS, runId]);
}

/** As `lockRun`, but `false` at once where another has it. */
export async function tryLockRun(client: ClientBase, runId: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    "SELECT pg_try_advisory_xact_lock($1::int4, hashtext($2)) AS locked",
    [CLASS, runId],
  );
  return rows[0]?.locked === true;
}
