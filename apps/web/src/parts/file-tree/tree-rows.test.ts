import { expect, it } from "vitest";
import { foldersAbove, foldersOf, type FolderState, treeRows } from "./tree-rows.ts";

const files = ["b.txt", "a/x10.py", "a/x9.py", "a/deep/z"].map((path) => ({
  path,
  directory: false,
}));

function shown(open: readonly string[], known = foldersOf(files)) {
  const rows = treeRows({
    folder: (path): FolderState | undefined => {
      const entries = known.get(path);
      return entries && { kind: "known", entries };
    },
    isOpen: (path) => open.includes(path),
  });
  return rows.map((row) => `${" ".repeat(row.depth)}${row.kind === "entry" ? row.name : row.kind}`);
}

it("makes folders from paths, and shows what is open", () => {
  expect(shown([])).toEqual(["a", "b.txt"]);
  expect(shown(["a"])).toEqual(["a", " deep", " x9.py", " x10.py", "b.txt"]);
  expect(shown(["a/deep"])).toEqual(["a", "b.txt"]);
  expect(shown(["a", "a/deep"])).toEqual(["a", " deep", "  z", " x9.py", " x10.py", "b.txt"]);
});

it("says where a folder is empty, or not there yet", () => {
  expect(shown([], new Map([["", []]]))).toEqual(["empty"]);
  expect(shown(["a"], new Map([["", [{ path: "a", directory: true }]]]))).toEqual([
    "a",
    " loading",
  ]);
});

it("names the folders above a path", () => {
  expect(foldersAbove("a/b/c")).toEqual(["a", "a/b"]);
  expect(foldersAbove("c")).toEqual([]);
});
