const directive = /^\s*(?:oxlint|eslint)-disable/;

/** A rule switched off says why: `// oxlint-disable-next-line rule -- reason`. */
export const disableWithReason = {
  meta: { type: "problem", docs: { description: "A disabled rule has its reason beside it" } },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (directive.test(comment.value) && !/ -- \S+/.test(comment.value)) {
            context.report({ node: comment, message: 'Say why after " -- ".' });
          }
        }
      },
    };
  },
};
