/** Where the keyboard is: a line and a column. Line -1 is the headings. */
export interface TableCursor {
  line: number;
  column: number;
}

export interface CursorBounds {
  lines: number;
  columns: number;
  /** Whole lines that fit the window, for Page Up and Page Down. */
  pageLines: number;
}

export type CursorMove =
  | "up"
  | "down"
  | "left"
  | "right"
  | "pageUp"
  | "pageDown"
  | "first"
  | "last"
  | "start"
  | "end";

const movesByKey: Record<string, CursorMove> = {
  ArrowUp: "up",
  k: "up",
  ArrowDown: "down",
  j: "down",
  ArrowLeft: "left",
  h: "left",
  ArrowRight: "right",
  l: "right",
  PageUp: "pageUp",
  PageDown: "pageDown",
  Home: "start",
  End: "end",
};

interface PressedKey {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** The move that a key stands for. With Shift a letter comes in upper case. */
export function cursorMove(press: PressedKey): CursorMove | undefined {
  if (press.altKey) return undefined;
  const jump = press.ctrlKey || press.metaKey;
  if (jump) {
    if (press.key === "Home" || press.key === "ArrowUp") return "first";
    if (press.key === "End" || press.key === "ArrowDown") return "last";
    return undefined;
  }
  return movesByKey[press.key.length === 1 ? press.key.toLowerCase() : press.key];
}

/** The cursor after a move, kept inside the table. */
export function moveCursor(
  cursor: TableCursor,
  move: CursorMove,
  bounds: CursorBounds,
): TableCursor {
  const column = cursor.column + columnSteps[move](bounds);
  // Only going up leads to the headings; going sideways stays in them.
  const step = lineSteps[move](bounds);
  const lowest = (cursor.line <= 0 && move === "up") || (cursor.line < 0 && step === 0) ? -1 : 0;
  return {
    line: Math.max(lowest, Math.min(cursor.line + step, bounds.lines - 1)),
    column: Math.max(0, Math.min(column, bounds.columns - 1)),
  };
}

const noStep = () => 0;

const lineSteps: Record<CursorMove, (bounds: CursorBounds) => number> = {
  up: () => -1,
  down: () => 1,
  pageUp: (bounds) => -bounds.pageLines,
  pageDown: (bounds) => bounds.pageLines,
  first: (bounds) => -bounds.lines,
  last: (bounds) => bounds.lines,
  left: noStep,
  right: noStep,
  start: noStep,
  end: noStep,
};

const columnSteps: Record<CursorMove, (bounds: CursorBounds) => number> = {
  left: () => -1,
  right: () => 1,
  start: (bounds) => -bounds.columns,
  end: (bounds) => bounds.columns,
  up: noStep,
  down: noStep,
  pageUp: noStep,
  pageDown: noStep,
  first: noStep,
  last: noStep,
};
