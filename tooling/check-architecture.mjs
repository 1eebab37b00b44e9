import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const kinds = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

function workspacesIn(root) {
  const nested = ["apps", "packages"]
    .filter((parent) => existsSync(join(root, parent)))
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`));
  return [...nested, "e2e", "bench"].filter((path) => existsSync(join(root, path, "package.json")));
}

/** Everything a workspace reaches, directly or through what it imports. */
function reach(table, name, seen = new Set()) {
  for (const next of table[name]?.imports ?? []) {
    if (!seen.has(next)) reach(table, next, seen.add(next));
  }
  return seen;
}

function dependencyFaults(manifest, name, rule) {
  const declared = new Set(kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {})));
  const internal = [...declared].filter((dependency) => dependency.startsWith("@tessera/"));
  const external = Object.keys(manifest.dependencies ?? {}).filter(
    (dependency) => !dependency.startsWith("@tessera/"),
  );
  return [
    ...internal.filter((dependency) => !rule.imports.includes(dependency.slice(9))),
    ...external.filter((dependency) => rule.external && !rule.external.includes(dependency)),
  ].map((dependency) => `${name} may not depend on ${dependency}.`);
}

function workspaceFaults(root, path, table) {
  const name = path.split("/").at(-1);
  const manifest = readJson(join(root, path, "package.json"));
  const turbo = join(root, path, "turbo.json");
  const tags = existsSync(turbo) ? (readJson(turbo).tags ?? []) : [];
  if (table[name] === undefined) return [`${path} is not in tooling/architecture.json.`];
  const faults = dependencyFaults(manifest, name, table[name]);
  if (manifest.name !== `@tessera/${name}`) faults.push(`${path} must be named @tessera/${name}.`);
  if (tags.join() !== name) faults.push(`${path}/turbo.json must have the tag "${name}" alone.`);
  return faults;
}

/** turbo judges what a package reaches, not only what it declares: its lists are the closures. */
function turboFaults(root, table) {
  const rules = readJson(join(root, "turbo.json")).boundaries?.tags ?? {};
  return Object.keys(table).flatMap((name) => {
    const want = [...reach(table, name)].map(String).toSorted().join(", ");
    const got = rules[name]?.dependencies?.allow?.map(String).toSorted().join(", ");
    return want === got
      ? []
      : [`turbo.json: boundaries.tags.${name}.dependencies.allow must be: ${want || "empty"}.`];
  });
}

/** What breaks the import table, as sentences; none when all is well. */
export function architectureFaults(root) {
  const table = readJson(join(root, "tooling/architecture.json"));
  const workspaces = workspacesIn(root);
  return [
    ...workspaces.flatMap((path) => workspaceFaults(root, path, table)),
    ...turboFaults(root, table),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const faults = architectureFaults(resolve(import.meta.dirname, ".."));
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
