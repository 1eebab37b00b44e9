import type { TreeRow } from "./tree-rows.ts";

/** What a key does in a tree. */
export type TreeMove =
  | { readonly kind: "go"; readonly to: number }
  | { readonly kind: "choose"; readonly row: TreeRow }
  | { readonly kind: "fold"; readonly path: string; readonly open: boolean };

/** What a key does at a line; `at` is -1 before the first one. Undefined for keys of no meaning. */
export function treeMove(key: string, rows: readonly TreeRow[], at: number): TreeMove | undefined {
  const start = starts[key];
  if (start) return go(rows, start.from(at, rows.length), start.by);
  const row = rows[at];
  if (row === undefined) return undefined;
  if (key === "Enter" || key === " ") return { kind: "choose", row };
  if (key === "ArrowRight") return intoFolder(rows, row, at);
  return key === "ArrowLeft" ? outOfFolder(rows, row, at) : undefined;
}

interface Start {
  /** The line to begin from, which is not itself gone to. */
  readonly from: (at: number, count: number) => number;
  readonly by: 1 | -1;
}

const starts: Partial<Record<string, Start>> = {
  ArrowDown: { from: (at) => at, by: 1 },
  ArrowUp: { from: (at, count) => (at === -1 ? count : at), by: -1 },
  Home: { from: () => -1, by: 1 },
  End: { from: (_, count) => count, by: -1 },
};

function intoFolder(rows: readonly TreeRow[], row: TreeRow, at: number): TreeMove | undefined {
  if (row.kind !== "entry" || row.open === undefined) return undefined;
  return row.open ? go(rows, at, 1) : { kind: "fold", path: row.entry.path, open: true };
}

function outOfFolder(rows: readonly TreeRow[], row: TreeRow, at: number): TreeMove | undefined {
  if (row.kind === "entry" && row.open) return { kind: "fold", path: row.entry.path, open: false };
  const parent = rows.findLastIndex((other, index) => index < at && other.depth < row.depth);
  return parent === -1 ? undefined : { kind: "go", to: parent };
}

/** The next line that can be chosen; where there is none, the one that one is at. */
function go(rows: readonly TreeRow[], from: number, by: 1 | -1): TreeMove | undefined {
  for (let at = from + by; at >= 0 && at < rows.length; at += by) {
    if (rows[at]?.kind === "entry") return { kind: "go", to: at };
  }
  return rows[from] ? { kind: "go", to: from } : undefined;
}
