import { repoPath } from "./repo-path.mjs";

const vague = new Set([
  "util",
  "utils",
  "helper",
  "helpers",
  "common",
  "shared",
  "lib",
  "libs",
  "misc",
  "manager",
  "managers",
]);

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const nextSegment = /^(\[{1,2}(\.\.\.)?[a-z0-9-]+\]{1,2}|\([a-z0-9-]+\)|@[a-z0-9-]+|_[a-z0-9-]+)$/;

/** The parts of a path that carry meaning, without leading dots and extensions. */
function namesIn(path) {
  return path
    .split("/")
    .map((part) => part.replace(/^\.+/, "").replace(/(\.[a-z0-9-]+)+$/, ""))
    .filter((part) => part !== "");
}

/** Files and folders are kebab-case and named after what they hold. */
export const fileName = {
  meta: { type: "problem", docs: { description: "kebab-case names that say what is inside" } },
  create(context) {
    return {
      Program(node) {
        for (const name of namesIn(repoPath(context))) {
          const word = name.split("-").find((part) => vague.has(part));
          if (word !== undefined) {
            context.report({
              node,
              message: `"${name}" names nothing: "${word}" could hold anything.`,
            });
          } else if (!kebab.test(name) && !nextSegment.test(name)) {
            context.report({ node, message: `"${name}" is not kebab-case.` });
          }
        }
      },
    };
  },
};
