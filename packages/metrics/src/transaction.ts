import type { ClientBase, Pool } from "pg";

/**
 * Runs `work` in a transaction of its own, which it commits; when `work` throws it is rolled back, and
 * the connection closed unless that succeeds.
 */
export async function inTransaction<T>(
  pool: Pool,
  begin: "BEGIN" | "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
  work: (client: ClientBase) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  // A connection that breaks between two statements fails the next; without a listener it would end
  // the process.
  const ignore = () => undefined;
  client.on("error", ignore);
  let broken = true;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query("COMMIT");
    broken = false;
    return result;
  } catch (error) {
    broken = await client.query("ROLLBACK").then(
      () => false,
      () => true,
    );
    throw error;
  } finally {
    client.off("error", ignore);
    client.release(broken);
  }
}
