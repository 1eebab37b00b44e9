import { isBuiltin } from "node:module";

/** Names that read the clock, chance, the machine or the network. */
const impure = new Set([
  "Date",
  "Temporal",
  "performance",
  "crypto",
  "process",
  "Buffer",
  "globalThis",
  "global",
  "fetch",
  "WebSocket",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "console",
  "require",
]);

/** References that no declaration in the file answers. */
function globalReferences(globalScope) {
  const declared = globalScope.variables
    .filter((variable) => variable.defs.length === 0)
    .flatMap((variable) => variable.references);
  return [...globalScope.through, ...declared].map((reference) => reference.identifier);
}

function isMathRandom(node) {
  const name = node.computed ? node.property.value : node.property.name;
  return node.object.type === "Identifier" && node.object.name === "Math" && name === "random";
}

function takesRandom(node) {
  return (
    node.init?.type === "Identifier" &&
    node.init.name === "Math" &&
    node.id.type === "ObjectPattern" &&
    node.id.properties.some((property) => property.key?.name === "random")
  );
}

/** Same input, same output: no clock, no chance, no machine. */
export const pure = {
  meta: { type: "problem", docs: { description: "No I/O, clock or unseeded randomness" } },
  create(context) {
    const report = (node, what) =>
      context.report({
        node,
        message: `This package is pure: take what ${what} gives as an argument.`,
      });
    const checkSource = (node) => {
      const source = node.source?.value;
      if (typeof source === "string" && isBuiltin(source)) report(node, source);
    };
    return {
      "Program:exit"(node) {
        for (const identifier of new Set(globalReferences(context.sourceCode.getScope(node)))) {
          if (impure.has(identifier.name)) report(identifier, identifier.name);
        }
      },
      ImportDeclaration: checkSource,
      ImportExpression: checkSource,
      ExportNamedDeclaration: checkSource,
      ExportAllDeclaration: checkSource,
      MemberExpression(node) {
        if (isMathRandom(node)) report(node, "Math.random");
      },
      VariableDeclarator(node) {
        if (takesRandom(node)) report(node, "Math.random");
      },
    };
  },
};
