import { expect, it } from "vitest";
import { type FolderState, foldersOf } from "../../../parts/file-tree/tree-rows.ts";
import { firstArtifact } from "./first-artifact.ts";

function firstOf(paths: readonly string[], sizeBytes = 10): string | undefined {
  const folders = foldersOf(paths.map((path) => ({ path, directory: false, sizeBytes })));
  return firstArtifact((path): FolderState | undefined => {
    const entries = folders.get(path);
    return entries && { kind: "known", entries };
  });
}

it("shows what tells most, in the root or in the only folder", () => {
  expect(firstOf(["a.json", "b.png", "c.csv", "deep/x.md"])).toBe("b.png");
  expect(firstOf(["out/er/model.bin", "out/er/b.csv", "out/er/report.md"])).toBe(
    "out/er/report.md",
  );
});

it("shows nothing rather than what has no preview or is large", () => {
  expect(firstOf(["model.bin"])).toBeUndefined();
  expect(firstOf(["a.csv"], 9_000_000)).toBeUndefined();
  expect(firstOf([])).toBeUndefined();
});
