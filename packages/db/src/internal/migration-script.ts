import { DatabaseError, type ClientBase } from "pg";
import { PlatformError } from "@tessera/contracts/errors";

export interface MigrationScript {
  readonly name: string;
  readonly sql: string;
  /** Records that the script has run; in the same transaction. */
  readonly record: (client: ClientBase) => Promise<unknown>;
}

/**
 * Runs a script and records it in one transaction: after a kill it has run wholly or not at all.
 *
 * @throws PlatformError internal naming the script, the line and what PostgreSQL says.
 */
export async function runMigrationScript(
  client: ClientBase,
  { name, sql, record }: MigrationScript,
): Promise<void> {
  await client.query("BEGIN");
  try {
    const before = await transactionId(client);
    await client.query(withoutTransactionStatements(sql));
    if ((await transactionId(client)) !== before) {
      throw new PlatformError("internal", `Migration ${name} ends the transaction it runs in`);
    }
    await record(client);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error instanceof DatabaseError ? scriptFault(name, sql, error) : error;
  }
}

async function transactionId(client: ClientBase): Promise<string> {
  const answer = await client.query("SELECT pg_current_xact_id()::text AS id");
  return String(answer.rows[0]?.id);
}

/** Prisma wraps some changes of enums in a transaction of their own; line numbers stay. */
function withoutTransactionStatements(sql: string): string {
  return sql.replaceAll(/^(?:BEGIN|COMMIT);[ \t]*$/gm, "");
}

function scriptFault(name: string, sql: string, error: DatabaseError): PlatformError {
  const position = Number(error.position ?? Number.NaN);
  const script = withoutTransactionStatements(sql);
  const line = Number.isNaN(position) ? undefined : script.slice(0, position).split("\n").length;
  const place = line === undefined ? "" : ` at line ${line}`;
  const detail = error.detail === undefined ? "" : ` (${error.detail})`;
  return new PlatformError(
    "internal",
    `Migration ${name} failed${place}: ${error.message}${detail}. Nothing of it was kept`,
    { cause: error },
  );
}
