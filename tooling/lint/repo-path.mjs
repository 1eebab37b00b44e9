import { relative, resolve, sep } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** Path of the linted file from the repository root, with forward slashes. */
export function repoPath(context) {
  return relative(root, context.filename).split(sep).join("/");
}

/** "mlflow" for packages/mlflow/src/a.ts, "e2e" for e2e/a.ts. */
export function workspaceOf(path) {
  const [first, second] = path.split("/");
  return first === "packages" || first === "apps" ? second : first;
}

/** Tests, and what a package's `testing` folder offers to them. */
export function isTest(path) {
  return /\.test\.tsx?$|\/src\/testing\//.test(path);
}
