import { expect, it } from "vitest";
import { cursorMove, moveCursor } from "./table-cursor.ts";
import type { CursorMove } from "./table-cursor.ts";

const bounds = { lines: 100, columns: 5, pageLines: 20 };
const key = (name: string, more = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

it("reads letters, arrows, and jumps with Ctrl or ⌘", () => {
  expect(["j", "K", "ArrowLeft", "End", "x"].map((name) => cursorMove(key(name)))).toEqual([
    "down",
    "up",
    "left",
    "end",
    undefined,
  ]);
  expect(cursorMove(key("End", { ctrlKey: true }))).toBe("last");
  expect(cursorMove(key("j", { metaKey: true }))).toBeUndefined();
});

it.each<[CursorMove, number, number]>([
  ["up", -1, 2],
  ["down", 1, 2],
  ["left", 0, 1],
  ["right", 0, 3],
  ["pageDown", 20, 2],
  ["pageUp", 0, 2],
  ["last", 99, 2],
  ["start", 0, 0],
  ["end", 0, 4],
])("moves %s", (move, line, column) => {
  expect(moveCursor({ line: 0, column: 2 }, move, bounds)).toEqual({ line, column });
});

it("walks along the headings, and down from them", () => {
  const heading = moveCursor({ line: 0, column: 1 }, "up", bounds);
  expect(heading).toEqual({ line: -1, column: 1 });
  expect(moveCursor(heading, "right", bounds)).toEqual({ line: -1, column: 2 });
  expect(moveCursor(heading, "down", bounds)).toEqual({ line: 0, column: 1 });
  expect(moveCursor(heading, "first", bounds)).toEqual({ line: 0, column: 1 });
});

it("stays inside, also when there are no rows", () => {
  expect(moveCursor({ line: 99, column: 4 }, "down", bounds)).toEqual({ line: 99, column: 4 });
  expect(moveCursor({ line: -1, column: 0 }, "up", bounds)).toEqual({ line: -1, column: 0 });
  expect(moveCursor({ line: 0, column: 0 }, "down", { ...bounds, lines: 0 })).toEqual({
    line: 0,
    column: 0,
  });
});
