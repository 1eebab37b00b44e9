import type { ClientBase } from "pg";

/** One line for each thing that a schema consists of, sorted, such as `column user.email …`. */
export type Catalog = readonly string[];

const notHistory = "('_prisma_migrations', 'sql_migration')";

/** Everything about `public` that can differ between two databases of the same server version. */
const queries: readonly string[] = [
  `SELECT format('table %s kind %s persistence %s options %s', relname, relkind, relpersistence,
                 reloptions)
     FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
      AND relname NOT IN ${notHistory}`,
  `SELECT format('column %s.%s type %s null %s default %s identity %s generated %s collation %s',
                 relname, attname, format_type(atttypid, atttypmod), NOT attnotnull,
                 pg_get_expr(adbin, adrelid), attidentity, attgenerated, attcollation)
     FROM pg_attribute
     JOIN pg_class ON pg_class.oid = attrelid
     LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
      AND attnum > 0 AND NOT attisdropped AND relname NOT IN ${notHistory}`,
  `SELECT format('constraint %s.%s %s', relname, conname, pg_get_constraintdef(pg_constraint.oid))
     FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
    WHERE connamespace = 'public'::regnamespace AND relname NOT IN ${notHistory}`,
  `SELECT format('index %s', indexdef) FROM pg_indexes
    WHERE schemaname = 'public' AND tablename NOT IN ${notHistory}`,
  `SELECT format('enum %s %s', typname, string_agg(enumlabel, ',' ORDER BY enumsortorder))
     FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
    WHERE typnamespace = 'public'::regnamespace GROUP BY typname`,
  `SELECT format('sequence %s type %s start %s by %s min %s max %s cycle %s', sequencename,
                 data_type, start_value, increment_by, min_value, max_value, cycle)
     FROM pg_sequences WHERE schemaname = 'public'`,
  `SELECT format('function %s', pg_get_functiondef(oid)) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')`,
  `SELECT format('trigger %s', pg_get_triggerdef(pg_trigger.oid)) FROM pg_trigger
     JOIN pg_class ON pg_class.oid = tgrelid
    WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal`,
];

/** Describes the schema `public` of a database, its tables of migration history left out. */
export async function readCatalog(client: ClientBase): Promise<Catalog> {
  const lines: string[] = [];
  for (const query of queries) {
    const found = await client.query<string[]>({ text: query, rowMode: "array" });
    lines.push(...found.rows.map(([line]) => String(line)));
  }
  return lines.toSorted();
}

/** What only the one has (`-`) and only the other (`+`); empty when they are equal. */
export function catalogDifferences(one: Catalog, other: Catalog): string[] {
  const [left, right] = [new Set(one), new Set(other)];
  return [
    ...one.filter((line) => !right.has(line)).map((line) => `- ${line}`),
    ...other.filter((line) => !left.has(line)).map((line) => `+ ${line}`),
  ];
}
