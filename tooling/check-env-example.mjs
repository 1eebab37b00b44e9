import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");

function variablesOf(root) {
  const readers = new Map();
  for (const app of readdirSync(join(root, "apps"))) {
    const path = `apps/${app}/src/env.ts`;
    for (const [, name] of read(join(root, path)).matchAll(/^ +([A-Z][A-Z0-9_]*): /gm)) {
      readers.set(name, path);
    }
  }
  return readers;
}

/** Variables that .env.example shows, whether set or commented out. */
function examplesOf(root) {
  const lines = read(join(root, ".env.example")).matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm);
  return new Set([...lines].map(([, name]) => name));
}

/** What .env.example lacks, and what it has that no app reads; none when all is well. */
export function envExampleFaults(root) {
  const readers = variablesOf(root);
  const examples = examplesOf(root);
  return [
    ...[...readers]
      .filter(([name]) => !examples.has(name))
      .map(([name, path]) => `${path} reads ${name}, which .env.example does not explain.`),
    ...[...examples]
      .filter((name) => !readers.has(name))
      .map((name) => `.env.example explains ${name}, which no app's env.ts reads.`),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const faults = envExampleFaults(resolve(import.meta.dirname, ".."));
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
