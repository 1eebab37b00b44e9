import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isTest, repoPath, workspaceOf } from "./repo-path.mjs";

const table = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../architecture.json"), "utf8"),
);

function importedWorkspace(source) {
  return typeof source === "string" ? /^@tessera\/([^/]+)/.exec(source)?.[1] : undefined;
}

function isTypeOnly(node) {
  return node.importKind === "type" || node.exportKind === "type";
}

/** What a workspace may import, and of which only the types: tooling/architecture.json. */
export const allowedImports = {
  meta: { type: "problem", docs: { description: "Imports between workspaces follow the table" } },
  create(context) {
    const path = repoPath(context);
    const from = workspaceOf(path);
    const rule = table[from];
    if (rule === undefined) return {};
    const check = (node) => {
      const to = importedWorkspace(node.source?.value);
      if (to === undefined || to === from) return;
      if (!rule.imports.includes(to)) {
        const allowed = rule.imports.join(", ") || "nothing";
        context.report({ node, message: `${from} may not import ${to}, only ${allowed}.` });
      } else if (rule.typesOnly?.includes(to) && !isTypeOnly(node) && !isTest(path)) {
        context.report({ node, message: `${from} may import only types of ${to}: import type.` });
      }
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};
