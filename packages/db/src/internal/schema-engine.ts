import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type * as engineBindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type {
  DiagnoseMigrationHistoryOutput,
  SchemaContainer,
  SchemaEngine,
} from "@prisma/schema-engine-wasm";
import type { Migration } from "../migrate.ts";

export type PrismaSchema = readonly SchemaContainer[];

/** Every file of a schema folder. */
export function readSchema(folder: string): PrismaSchema {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".prisma"))
    .toSorted()
    .map((file) => {
      const location = path.join(folder, file);
      return { path: location, content: readFileSync(location, "utf8") };
    });
}

const noFilters = { externalTables: [], externalEnums: [] };

/**
 * Prisma's own engine, for development and tests only: it writes SQL from schemas, and judges
 * histories. Migrations are not applied with it, since it runs them statement by statement, split
 * at every semicolon, outside a transaction.
 */
export async function withSchemaEngine<Result>(
  url: string,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  const bindings = await loadBindings();
  // The engine never closes its connections, nor does it give back its lock before they end.
  const pool = new Pool({ connectionString: url });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  const engine = await bindings.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    adapter,
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

/** The SQL that turns a database of one schema into one of another; "" when they are equal. */
export async function sqlBetween(
  engine: SchemaEngine,
  from: PrismaSchema,
  to: PrismaSchema,
): Promise<string> {
  const result = await engine.diff({
    from: from.length === 0 ? { tag: "empty" } : { tag: "schemaDatamodel", files: [...from] },
    to: { tag: "schemaDatamodel", files: [...to] },
    script: true,
    exitCode: true,
    filters: noFilters,
  });
  // 0: no difference; 2: there is one.
  return result.exitCode === 0 ? "" : (result.stdout ?? "");
}

/** What Prisma's engine makes of a database's history, as its stock CLI would see it. */
export function diagnose(
  engine: SchemaEngine,
  migrations: readonly Migration[],
): Promise<DiagnoseMigrationHistoryOutput> {
  return engine.diagnoseMigrationHistory({
    migrationsList: {
      baseDir: "/migrations",
      lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
      shadowDbInitScript: "",
      migrationDirectories: migrations.map(({ name, sql }) => ({
        path: name,
        migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
      })),
    },
    optInToShadowDatabase: false,
    filters: noFilters,
  });
}

/** The part of the global that TypeScript knows only with the browser's types. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<{ exports: Record<string, unknown> }>;
};

type Bindings = typeof engineBindings;
let bindings: Promise<Bindings> | undefined;

function loadBindings(): Promise<Bindings> {
  bindings ??= instantiate();
  return bindings;
}

/** The package's own entry imports the .wasm file as a module, which Node 20 does not do. */
async function instantiate(): Promise<Bindings> {
  const name = "@prisma/schema-engine-wasm/schema_engine_bg";
  const script = createRequire(import.meta.url).resolve(name);
  const loaded: Bindings = await import(name);
  const bytes = await readFile(path.join(path.dirname(script), "schema_engine_bg.wasm"));
  const module = await WebAssembly.compile(bytes);
  const imports = { "./schema_engine_bg.js": loaded };
  const { exports } = await WebAssembly.instantiate(module, imports);
  loaded.__wbg_set_wasm(exports);
  (exports["__wbindgen_start"] as () => void)();
  return loaded;
}
