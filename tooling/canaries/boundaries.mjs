import { readFileSync } from "node:fs";
import { join } from "node:path";
import { architectureFaults } from "../check-architecture.mjs";
import { json, root, runTool, withScratch, write } from "./scratch.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const table = JSON.parse(read("tooling/architecture.json"));
const apps = new Set(["server", "worker", "serve", "agent", "web", "cli"]);

function folderOf(name) {
  if (name === "e2e" || name === "bench") return name;
  return `${apps.has(name) ? "apps" : "packages"}/${name}`;
}

/** A repository with our turbo.json and one file in each given workspace. */
function repository(workspaces) {
  const manifest = JSON.parse(read("package.json"));
  const files = {
    "package.json": json({ ...manifest, workspaces: workspaces.map(({ name }) => folderOf(name)) }),
    "turbo.json": read("turbo.json"),
    "tooling/architecture.json": read("tooling/architecture.json"),
  };
  for (const { name, dependsOn = [], text = "export const one = 1;\n", tag = name } of workspaces) {
    const dependencies = Object.fromEntries(dependsOn.map((other) => [`@tessera/${other}`, "*"]));
    const exports = { "./*": "./src/*.ts" };
    files[`${folderOf(name)}/package.json`] = json({
      name: `@tessera/${name}`,
      version: "0.1.0",
      private: true,
      exports,
      dependencies,
    });
    files[`${folderOf(name)}/turbo.json`] = json({ extends: ["//"], tags: [tag] });
    files[`${folderOf(name)}/src/one.ts`] = text;
  }
  return files;
}

const imports = (source) => `import { one } from "${source}";\n\nexport const two = one + 1;\n`;

/** Each is refused by `turbo boundaries` with the words beside it; without words it passes. */
const turboCases = [
  {
    name: "a declared and allowed import",
    workspaces: [
      { name: "contracts" },
      { name: "kit" },
      { name: "db", dependsOn: ["contracts"], text: imports("@tessera/contracts/one") },
    ],
  },
  {
    name: "an undeclared workspace",
    workspaces: [{ name: "contracts" }, { name: "db", text: imports("@tessera/contracts/one") }],
    words: "@tessera/contracts",
  },
  {
    name: "an undeclared type import",
    workspaces: [
      { name: "contracts" },
      {
        name: "db",
        text: 'import type { A } from "@tessera/contracts/one";\n\nexport type B = A;\n',
      },
    ],
    words: "@tessera/contracts",
  },
  {
    name: "an undeclared library",
    workspaces: [{ name: "db", text: imports("left-pad") }],
    words: "left-pad",
  },
  {
    name: "a path out of the package",
    workspaces: [
      { name: "contracts" },
      { name: "db", text: imports("../../contracts/src/one.ts") },
    ],
    words: "leaves the package",
  },
  {
    name: "a forbidden tag",
    workspaces: [
      { name: "usecases" },
      { name: "web", dependsOn: ["usecases"], text: imports("@tessera/usecases/one") },
    ],
    words: "without any tag listed in allowlist",
  },
];

function turboCanary({ name, workspaces, words }) {
  return withScratch((folder) => {
    write(folder, repository(workspaces));
    const { code, all } = runTool(folder, ["turbo", "boundaries"]);
    const refused = code !== 0 && words !== undefined && all.includes(words);
    const passed = code === 0 && words === undefined && all.includes("no issues found");
    return { name: `turbo boundaries: ${name}`, fault: refused || passed ? undefined : all };
  });
}

function faultsOf(workspaces, edit = (files) => files) {
  return withScratch((folder) => {
    write(folder, edit(repository(workspaces)));
    return architectureFaults(folder);
  });
}

/** Every pair of workspaces, judged one by one. */
function pairCanaries() {
  const names = Object.keys(table);
  const workspaces = names.map((name) => ({ name, dependsOn: names.filter((n) => n !== name) }));
  const refused = new Set(faultsOf(workspaces));
  return workspaces.flatMap(({ name, dependsOn }) =>
    dependsOn.map((other) => {
      const want = !table[name].imports.includes(other);
      const got = refused.has(`${name} may not depend on @tessera/${other}.`);
      const fault = want === got ? undefined : got ? "refused" : "let through";
      return { name: `architecture: ${name} → ${other}`, fault };
    }),
  );
}

const withDependency = (path, name) => (files) => {
  const manifest = JSON.parse(files[path]);
  return { ...files, [path]: json({ ...manifest, dependencies: { [name]: "1.0.0" } }) };
};

const widened = (files) => ({
  ...files,
  "turbo.json": files["turbo.json"].replace(
    /"cli": \{[^\]]*\]/,
    '"cli": {"dependencies": {"allow": ["db"]',
  ),
});

const architectureCases = [
  ["nothing wrong", [{ name: "kit" }], undefined, 0],
  [
    "a library in a pure package",
    [{ name: "mlflow" }],
    withDependency("packages/mlflow/package.json", "lodash"),
    1,
  ],
  [
    "a library that kit may use",
    [{ name: "kit" }],
    withDependency("packages/kit/package.json", "pino"),
    0,
  ],
  ["a wrong tag", [{ name: "kit", tag: "contracts" }], undefined, 1],
  ["an unknown workspace", [{ name: "sundry" }], undefined, 1],
  ["a list in turbo.json that lets in more", [{ name: "kit" }], widened, 1],
];

function architectureCanary([name, workspaces, edit, want]) {
  const faults = faultsOf(workspaces, edit);
  return {
    name: `architecture: ${name}`,
    fault: faults.length === want ? undefined : `found ${json(faults)}`,
  };
}

/** Imports between workspaces are held to the table, whichever way they are written. */
export function boundaryCanaries() {
  return [
    ...turboCases.map(turboCanary),
    ...pairCanaries(),
    ...architectureCases.map(architectureCanary),
  ];
}
