import type { Token, TokenKind } from "./filter-tokens.ts";

type GroupKind = "identifier" | "function" | "parenthesis" | "operation" | "list" | "comparison";

/** A token, or several that belong together; always one unbroken stretch of the source. */
export interface Node {
  readonly kind: TokenKind | GroupKind;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Of a comparison: its left side, operator and, unless it is IS [NOT] NULL, right side. */
  readonly parts?: readonly Node[];
  /** Of two things side by side without an operator: those two. */
  readonly pair?: readonly [Node, Node];
}

type Pass = (nodes: readonly Node[], source: string) => Node[];

const NUMBERS = ["integer", "float"] as const;
const PLAIN_OPERANDS = ["placeholder", "string", ...NUMBERS] as const;
const OPERANDS = new Set<Node["kind"]>([
  "parenthesis",
  "function",
  "identifier",
  "operation",
  ...PLAIN_OPERANDS,
]);
const LEFT_OPERANDS = new Set<Node["kind"]>([...OPERANDS, "comparison"]);
const QUALIFIERS = new Set<Node["kind"]>(["name", "symbol", "identifier"]);
const MEMBERS = new Set<Node["kind"]>(["name", "symbol", "string", "function"]);
const ALIASED = new Set<Node["kind"]>([
  "parenthesis",
  "function",
  "identifier",
  "operation",
  "comparison",
  ...NUMBERS,
]);

/**
 * Groups tokens into identifiers, operations and comparisons in the order in which the
 * protocol's SQL parser does it, because that order decides what a text means.
 */
export function groupFilter(tokens: readonly Token[], source: string): Node[] {
  const passes: readonly Pass[] = [
    groupParentheses,
    groupFunctions,
    groupMembers,
    groupNames,
    groupOrder,
    groupOperations,
    groupComparisons,
    groupAliases,
    groupLists,
    groupWordComparisons,
  ];
  return passes.reduce<Node[]>((nodes, pass) => pass(nodes, source), [...tokens]);
}

function merge(kind: GroupKind, nodes: readonly Node[], source: string): Node {
  const from = nodes[0]?.from ?? 0;
  const to = nodes.at(-1)?.to ?? from;
  const text = source.slice(from, to);
  return kind === "comparison" ? { kind, from, to, text, parts: nodes } : { kind, from, to, text };
}

function isMark(node: Node | undefined, mark: string): boolean {
  return node?.kind === "punctuation" && node.text === mark;
}

function isKeyword(node: Node | undefined, word: string): boolean {
  return node?.kind === "keyword" && node.text === word;
}

function groupParentheses(nodes: readonly Node[], source: string): Node[] {
  const out: Node[] = [];
  const opens: number[] = [];
  for (const node of nodes) {
    out.push(node);
    if (isMark(node, "(")) opens.push(out.length - 1);
    if (!isMark(node, ")")) continue;
    const open = opens.pop();
    if (open !== undefined) out.push(merge("parenthesis", out.splice(open), source));
  }
  return out;
}

function groupFunctions(nodes: readonly Node[], source: string): Node[] {
  const out: Node[] = [];
  for (const node of nodes) {
    const previous = out.at(-1);
    if (node.kind === "parenthesis" && previous?.kind === "name") {
      out.splice(-1, 1, merge("function", [previous, node], source));
    } else {
      out.push(node);
    }
  }
  return out;
}

function groupMembers(nodes: readonly Node[], source: string): Node[] {
  const out: Node[] = [];
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index] as Node;
    const previous = out.at(-1);
    if (!isMark(node, ".") || previous === undefined || !QUALIFIERS.has(previous.kind)) {
      out.push(node);
      continue;
    }
    const next = nodes[index + 1];
    const joined = [previous, node];
    if (next !== undefined && (MEMBERS.has(next.kind) || next.text === "*")) {
      joined.push(next);
      index++;
    }
    out.splice(-1, 1, merge("identifier", joined, source));
  }
  return out;
}

function groupNames(nodes: readonly Node[], source: string): Node[] {
  return nodes.map((node) =>
    node.kind === "name" || node.kind === "symbol" ? merge("identifier", [node], source) : node,
  );
}

function groupOrder(nodes: readonly Node[], source: string): Node[] {
  return joinPairs(nodes, source, (previous, node) => {
    const sortable = previous.kind === "identifier" || NUMBERS.some((n) => n === previous.kind);
    return sortable && node.kind === "order";
  });
}

function groupAliases(nodes: readonly Node[], source: string): Node[] {
  let fresh = true;
  return joinPairs(nodes, source, (previous, node) => {
    // An alias ends its group: in "a b c d" the pairs are "a b" and "c d".
    fresh = !(fresh && ALIASED.has(previous.kind) && node.kind === "identifier");
    return !fresh;
  });
}

function joinPairs(
  nodes: readonly Node[],
  source: string,
  belong: (previous: Node, node: Node) => boolean,
): Node[] {
  const out: Node[] = [];
  for (const node of nodes) {
    const previous = out.at(-1);
    if (previous !== undefined && belong(previous, node)) {
      const pair = [previous, node] as const;
      out.splice(-1, 1, { ...merge("identifier", pair, source), pair });
    } else {
      out.push(node);
    }
  }
  return out;
}

function groupOperations(nodes: readonly Node[], source: string): Node[] {
  return groupBinary(nodes, {
    isMiddle: (node) => node.kind === "operator",
    left: (node) => OPERANDS.has(node.kind),
    right: (node) => OPERANDS.has(node.kind),
    build: (parts) => merge("operation", parts, source),
  });
}

function groupComparisons(nodes: readonly Node[], source: string): Node[] {
  return groupBinary(nodes, {
    isMiddle: (node) => node.kind === "comparator",
    left: (node) => LEFT_OPERANDS.has(node.kind),
    right: (node) => OPERANDS.has(node.kind) || isKeyword(node, "NULL"),
    build: (parts) => merge("comparison", parts, source),
  });
}

function groupLists(nodes: readonly Node[], source: string): Node[] {
  const members = new Set<Node["kind"]>([...LEFT_OPERANDS, "list", "keyword", "comment"]);
  return groupBinary(nodes, {
    isMiddle: (node) => isMark(node, ","),
    left: (node) => members.has(node.kind),
    right: (node) => members.has(node.kind),
    build: (parts) => merge("list", parts, source),
  });
}

interface BinaryRule {
  readonly isMiddle: (node: Node) => boolean;
  readonly left: (node: Node) => boolean;
  readonly right: (node: Node) => boolean;
  readonly build: (parts: readonly Node[]) => Node;
}

function groupBinary(nodes: readonly Node[], rule: BinaryRule): Node[] {
  const out: Node[] = [];
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index] as Node;
    const previous = out.at(-1);
    const next = nodes[index + 1];
    const joins =
      rule.isMiddle(node) &&
      previous !== undefined &&
      next !== undefined &&
      rule.left(previous) &&
      rule.right(next);
    if (joins) {
      out.splice(-1, 1, rule.build([previous, node, next]));
      index++;
    } else {
      out.push(node);
    }
  }
  return out;
}

/** IN, NOT IN, IS NULL and IS NOT NULL, which the SQL parser leaves as loose words. */
function groupWordComparisons(nodes: readonly Node[], source: string): Node[] {
  const out: Node[] = [];
  for (let index = 0; index < nodes.length; index++) {
    const group = wordComparisonAt(nodes, index, source);
    out.push(group?.node ?? (nodes[index] as Node));
    index += group === undefined ? 0 : group.length - 1;
  }
  return out;
}

function wordComparisonAt(
  nodes: readonly Node[],
  index: number,
  source: string,
): { readonly node: Node; readonly length: number } | undefined {
  const [left, ...rest] = nodes.slice(index, index + 4);
  if (left?.kind !== "identifier") return undefined;
  const words = ["IN", "NOT IN", "IS NULL", "IS NOT NULL"].find(
    (operator) => operator === wordsOf(rest.slice(0, operator === "IN" ? 1 : 2)),
  );
  if (words === undefined) return undefined;
  const count = words === "IN" ? 1 : 2;
  const operator: Node = {
    ...merge("operation", rest.slice(0, count), source),
    kind: "comparator",
    text: words,
  };
  if (words.startsWith("IS")) {
    return { node: merge("comparison", [left, operator], source), length: 3 };
  }
  const list = rest[count];
  if (list?.kind !== "parenthesis") return undefined;
  return { node: merge("comparison", [left, operator, list], source), length: count + 2 };
}

function wordsOf(nodes: readonly Node[]): string {
  return nodes.every((node) => node.kind === "keyword")
    ? nodes.map((node) => node.text).join(" ")
    : "";
}
