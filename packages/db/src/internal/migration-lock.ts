import { setTimeout as delay } from "node:timers/promises";
import { Client, type ClientBase } from "pg";
import { PlatformError } from "@tessera/contracts/errors";
import { platformErrorOf } from "../database-error.ts";

/** The key of Prisma's own migration lock, so that its CLI and we keep out of each other's way. */
const lockKey = 72_707_369;
const patience = 120_000;

/**
 * Runs `work` on a connection of its own while no other process changes the schema.
 *
 * @throws PlatformError unavailable when the server cannot be reached, or another process holds
 *   the lock for more than two minutes.
 */
export async function withMigrationLock<Result>(
  url: string,
  work: (client: ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: url, application_name: "tessera migrations" });
  client.on("error", () => undefined);
  try {
    await client.connect().catch((error: Error) => {
      const reason = error.message || (error as NodeJS.ErrnoException).code;
      throw new PlatformError("unavailable", `The database cannot be reached: ${reason}`, {
        cause: error,
      });
    });
    await waitForLock(client);
    return await work(client);
  } catch (error) {
    throw platformErrorOf(error) ?? error;
  } finally {
    // Closing the connection gives the lock back, as the process's death would.
    await client.end().catch(() => undefined);
  }
}

/** Asks again and again: a session that waits inside the server would hold back its vacuum. */
async function waitForLock(client: ClientBase): Promise<void> {
  for (const deadline = Date.now() + patience; ; await delay(50)) {
    const answer = await client.query("SELECT pg_try_advisory_lock($1) AS held", [lockKey]);
    if (answer.rows[0]?.held === true) return;
    if (Date.now() > deadline) {
      throw new PlatformError(
        "unavailable",
        "Another process has been migrating this database for two minutes; try again later",
      );
    }
  }
}
