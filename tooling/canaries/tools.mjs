import { readFileSync } from "node:fs";
import { join } from "node:path";
import { json, root, runTool, withScratch, write } from "./scratch.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const manifest = (fields) => json({ version: "0.1.0", private: true, type: "module", ...fields });

function formatFiles(text) {
  return { ".oxfmtrc.json": read(".oxfmtrc.json"), "packages/kit/src/a.ts": text };
}

function sherifFiles(second, fields = {}) {
  const root = { ...JSON.parse(read("package.json")), dependencies: undefined, scripts: {} };
  return {
    "package.json": json({ ...root, workspaces: ["packages/*"] }),
    "packages/a/package.json": manifest({ name: "a", dependencies: { zod: "4.6.7" } }),
    "packages/b/package.json": manifest({ name: "b", dependencies: { zod: second }, ...fields }),
  };
}

/** A workspace of each kind, in which everything is used, with `changes` on top. */
function knipFiles(changes = {}) {
  const text =
    'import { z } from "zod";\n\nimport { b } from "@tessera/kit/b";\n\nz.string().parse(b);\n';
  return {
    "package.json": manifest({ name: "root", workspaces: ["apps/*", "packages/*"] }),
    "knip.json": read("knip.json"),
    "apps/server/package.json": manifest({
      name: "@tessera/server",
      dependencies: { zod: "4.6.7", "@tessera/kit": "*" },
    }),
    "apps/server/src/main.ts": text,
    "packages/kit/package.json": manifest({
      name: "@tessera/kit",
      exports: { "./*": "./src/*.ts" },
    }),
    "packages/kit/src/b.ts": 'export const b = "b";\n',
    ...changes,
  };
}

const format = ["oxfmt", "--check"];
const sherif = ["sherif"];
const knip = ["knip", "--no-progress", "--no-config-hints"];

/** Name, files, command, and the words the command must fail with; without words it must pass. */
const cases = [
  ["format: tidy", formatFiles("export const a = 1;\n"), format],
  ["format: single quotes", formatFiles("export const a = 'x';\n"), format, "a.ts"],
  [
    "format: too wide",
    formatFiles(`export const a = [${"100000, ".repeat(14)}1];\n`),
    format,
    "a.ts",
  ],
  ["sherif: one version", sherifFiles("4.6.7"), sherif],
  ["sherif: two versions", sherifFiles("4.6.6"), sherif, "multiple-dependency-versions"],
  [
    "sherif: types of react among dependencies",
    sherifFiles("4.6.7", { dependencies: { "@types/react": "1.0.0" } }),
    sherif,
    "types-in-dependencies",
  ],
  ["knip: all used", knipFiles(), knip],
  [
    "knip: unused file",
    knipFiles({ "apps/server/src/a.ts": "export {};\n" }),
    knip,
    "Unused files",
  ],
  [
    "knip: unused export",
    knipFiles({ "packages/kit/src/b.ts": 'export const b = "b";\nexport const c = 1;\n' }),
    knip,
    "Unused exports",
  ],
  [
    "knip: unused dependency",
    knipFiles({
      "packages/kit/package.json": manifest({
        name: "@tessera/kit",
        exports: { "./*": "./src/*.ts" },
        dependencies: { pino: "1.0.0" },
      }),
    }),
    knip,
    "Unused dependencies",
  ],
  [
    "knip: unlisted dependency",
    knipFiles({
      "packages/kit/src/b.ts": 'import { pino } from "pino";\n\nexport const b = pino;\n',
    }),
    knip,
    "Unlisted dependencies",
  ],
];

function canary([name, files, command, words]) {
  return withScratch((folder) => {
    write(folder, files);
    const { code, all } = runTool(folder, command);
    const right = words === undefined ? code === 0 : code !== 0 && all.includes(words);
    return { name, fault: right ? undefined : `exit ${code}: ${all}` };
  });
}

/** Formatter, sherif and knip refuse what they are there to refuse. */
export function toolCanaries() {
  return cases.map(canary);
}
