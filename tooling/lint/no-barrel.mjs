import { repoPath } from "./repo-path.mjs";

function isReexport(node) {
  return (
    node.type === "ExportAllDeclaration" ||
    (node.type === "ExportNamedDeclaration" && node.source !== null)
  );
}

/** Importers name the file that defines a thing, so no file only passes things on. */
export const noBarrel = {
  meta: { type: "problem", docs: { description: "No files that only re-export" } },
  create(context) {
    return {
      Program(program) {
        const reexports = program.body.filter(isReexport);
        const onlyPassesOn =
          reexports.length > 1 &&
          program.body.every((node) => isReexport(node) || node.type === "ImportDeclaration");
        const isIndex = /(^|\/)index\.\w+$/.test(repoPath(context));
        for (const node of reexports) {
          if (node.type === "ExportAllDeclaration" || onlyPassesOn || isIndex) {
            context.report({ node, message: "No barrels: import from the file that defines it." });
          }
        }
      },
    };
  },
};
