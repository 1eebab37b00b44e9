// Generates the Prisma client into src/generated, or does nothing when it is up to date.
// `--force` generates in any case.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const packageRoot = path.dirname(import.meta.dirname);
const repositoryRoot = path.resolve(packageRoot, "../..");
const schemaFolder = path.join(repositoryRoot, "prisma/schema");
const output = path.join(packageRoot, "src/generated");
const stampFile = path.join(output, "schema.sha256");
const cli = createRequire(import.meta.url).resolve("prisma/build/index.js");

/** Digest of everything that the output depends on. */
function digestOfInputs() {
  const hash = createHash("sha256");
  const manifest = path.join(path.dirname(cli), "../package.json");
  hash.update(JSON.parse(readFileSync(manifest, "utf8")).version);
  for (const name of readdirSync(schemaFolder).sort()) {
    hash.update(`\n${name}\n`).update(readFileSync(path.join(schemaFolder, name)));
  }
  return hash.digest("hex");
}

const digest = digestOfInputs();
const isCurrent = existsSync(stampFile) && readFileSync(stampFile, "utf8") === digest;
if (isCurrent && !process.argv.includes("--force")) process.exit(0);

rmSync(stampFile, { force: true });
const result = spawnSync(process.execPath, [cli, "generate", "--no-hints"], {
  cwd: repositoryRoot,
  stdio: "inherit",
  env: {
    ...process.env,
    // Generating needs no engine, but the CLI downloads one unless some executable is named.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  },
});
if (result.status !== 0) process.exit(result.status ?? 1);
mkdirSync(output, { recursive: true });
writeFileSync(stampFile, digest);
