import { join } from "node:path";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@tessera/db/embedded-postgres";

/** PostgreSQL from its package, with its data in the home; ends with this process. */
export function startDatabase(
  home: string,
  onNotice: (message: string) => void,
): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ folder: join(home, "pg"), onNotice });
}
