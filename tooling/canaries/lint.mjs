import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { codeCases } from "./lint-cases/code.mjs";
import { shapeCases } from "./lint-cases/shape.mjs";
import { json, root, runTool, withScratch, write } from "./scratch.mjs";

/**
 * Files that break exactly the rules named beside them; the ones without rules must be clean.
 * A case is the path, the text, and the rules.
 */
const lintCases = [...shapeCases, ...codeCases];

const copied = [
  ".oxlintrc.json",
  "tsconfig.base.json",
  "tooling/lint",
  "tooling/architecture.json",
];

function workspacesOf(cases) {
  return new Set(
    cases.map(([path]) =>
      path
        .split("/")
        .slice(0, path.startsWith("e2e/") ? 1 : 2)
        .join("/"),
    ),
  );
}

/** Each workspace of the fixture gets the settings that the real one has, or would have. */
function tsconfigOf(workspace) {
  const base = `${"../".repeat(workspace.split("/").length)}tsconfig.base.json`;
  const dom = { lib: ["ES2023", "DOM", "DOM.Iterable"], jsx: "preserve" };
  return json({
    extends: base,
    include: ["."],
    ...(workspace === "apps/web" && { compilerOptions: dom }),
  });
}

function found(report) {
  const rules = new Map();
  for (const { filename, code } of report.diagnostics) {
    rules.set(filename, (rules.get(filename) ?? new Set()).add(code ?? "unused-directive"));
  }
  return rules;
}

/** Many fixtures import what does not exist: type errors count where one is expected. */
function isTypeError(code) {
  return /^typescript\(TS\d+\)$/.test(code);
}

function lintAll(folder) {
  for (const path of copied) {
    if (existsSync(join(root, path)))
      cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  const files = Object.fromEntries(lintCases.map(([path, text]) => [path, `${text}\n`]));
  for (const workspace of workspacesOf(lintCases))
    files[`${workspace}/tsconfig.json`] = tsconfigOf(workspace);
  write(folder, files);
  const { stdout, all } = runTool(folder, ["oxlint", "--format", "json"]);
  try {
    return found(JSON.parse(stdout));
  } catch (cause) {
    throw new Error(`oxlint gave no report:\n${all}`, { cause });
  }
}

/** Every lint rule finds its fixture, and nothing but it. */
export function lintCanaries() {
  return withScratch((folder) => {
    const rules = lintAll(folder);
    return lintCases.map(([path, , ...expected]) => {
      const got = [...(rules.get(path) ?? [])]
        .map(String)
        .filter((code) => !isTypeError(code) || expected.some(isTypeError))
        .toSorted()
        .join(" ");
      const want = expected.map(String).toSorted().join(" ");
      const name = `lint ${path}: ${want || "clean"}`;
      return { name, fault: got === want ? undefined : `found ${got || "nothing"}` };
    });
  });
}
