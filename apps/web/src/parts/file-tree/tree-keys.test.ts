import { expect, it } from "vitest";
import { treeMove } from "./tree-keys.ts";
import { type FolderState, foldersOf, treeRows } from "./tree-rows.ts";

const folders = foldersOf(["a/x", "a/b/y", "c"].map((path) => ({ path, directory: false })));
const rows = treeRows({
  folder: (path): FolderState | undefined => {
    const entries = folders.get(path);
    return entries && { kind: "known", entries };
  },
  // Lines: a, a/b (closed), a/x, c
  isOpen: (path) => path === "a",
});

it("walks over lines, and stops at the ends", () => {
  const to = (key: string, at: number) => {
    const move = treeMove(key, rows, at);
    return move?.kind === "go" ? move.to : undefined;
  };
  expect(to("ArrowDown", -1)).toBe(0);
  expect(to("ArrowDown", 3)).toBe(3);
  expect(to("ArrowUp", -1)).toBe(3);
  expect(to("ArrowUp", 0)).toBe(0);
  expect(to("Home", 2)).toBe(0);
  expect(to("End", 0)).toBe(3);
  expect(treeMove("ArrowDown", [], -1)).toBeUndefined();
});

it("goes into folders and out of them", () => {
  expect(treeMove("ArrowRight", rows, 0)).toEqual({ kind: "go", to: 1 });
  expect(treeMove("ArrowRight", rows, 1)).toEqual({ kind: "fold", path: "a/b", open: true });
  expect(treeMove("ArrowRight", rows, 2)).toBeUndefined();
  expect(treeMove("ArrowLeft", rows, 2)).toEqual({ kind: "go", to: 0 });
  expect(treeMove("ArrowLeft", rows, 0)).toEqual({ kind: "fold", path: "a", open: false });
  expect(treeMove("ArrowLeft", rows, 3)).toBeUndefined();
  expect(treeMove("Enter", rows, 3)).toMatchObject({ kind: "choose" });
  expect(treeMove("x", rows, 0)).toBeUndefined();
});
