import type { SqlMigration } from "@tessera/db/sql-migrations";
import { metricMigrations } from "@tessera/metrics/migrations";

/** Hand-written SQL of every package, in the order in which it runs. */
export const sqlMigrations: readonly SqlMigration[] = [...metricMigrations];
