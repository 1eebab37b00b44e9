function isProcess(node) {
  if (node.type === "Identifier") return node.name === "process";
  return (
    node.type === "MemberExpression" &&
    node.object.type === "Identifier" &&
    node.object.name === "globalThis" &&
    propertyName(node) === "process"
  );
}

function propertyName(node) {
  return node.computed ? node.property.value : node.property.name;
}

function takesEnv(pattern) {
  return (
    pattern.type === "ObjectPattern" &&
    pattern.properties.some((property) => property.key?.name === "env")
  );
}

/** The environment is read and checked once, in a file named env.ts. */
export const noProcessEnv = {
  meta: { type: "problem", docs: { description: "Read process.env only in env.ts" } },
  create(context) {
    const report = (node) =>
      context.report({ node, message: "Read process.env in env.ts and pass the parsed value on." });
    return {
      MemberExpression(node) {
        if (propertyName(node) === "env" && isProcess(node.object)) report(node);
      },
      VariableDeclarator(node) {
        if (node.init && isProcess(node.init) && takesEnv(node.id)) report(node);
      },
      ImportDeclaration(node) {
        if (node.source.value !== "node:process" && node.source.value !== "process") return;
        if (node.specifiers.some((specifier) => specifier.imported?.name === "env")) report(node);
      },
    };
  },
};
