import { describe, expect, it } from "vitest";
import { changedParts } from "./changed-part.ts";
import { parseDiff } from "./parse-diff.ts";

const diff = `diff --git a/train.py b/train.py
index 83db48f..bf269f4 100644
--- a/train.py
+++ b/train.py
@@ -1,4 +1,3 @@ def main():
 import x
-lr = 0.1
+lr = 0.01
 print("a")
--- not a header
@@ -10,0 +10,1 @@
+++ also not a header
\\ No newline at end of file
diff --git a/old name.txt b/new name.txt
similarity index 90%
rename from old name.txt
rename to new name.txt
diff --git a/data.bin b/data.bin
new file mode 100644
Binary files /dev/null and b/data.bin differ
diff --git a/gone.py b/gone.py
deleted file mode 100644
--- a/gone.py
+++ /dev/null
@@ -1 +0,0 @@
-pass
`;

describe("parseDiff", () => {
  const files = parseDiff(diff);

  it("tells files, states and counts", () => {
    expect(
      files.map(({ path, status, binary, added, removed }) => [
        path,
        status,
        binary,
        added,
        removed,
      ]),
    ).toEqual([
      ["train.py", "modified", false, 2, 2],
      ["new name.txt", "renamed", false, 0, 0],
      ["data.bin", "added", true, 0, 0],
      ["gone.py", "deleted", false, 0, 1],
    ]);
    expect(files[1]?.oldPath).toBe("old name.txt");
  });

  it("numbers lines on both sides, and takes a removed '-- x' for a line", () => {
    const lines = files[0]?.hunks[0]?.lines.map(({ kind, oldNumber, newNumber, text }) => [
      kind,
      oldNumber,
      newNumber,
      text,
    ]);
    expect(lines).toEqual([
      ["context", 1, 1, "import x"],
      ["removed", 2, undefined, "lr = 0.1"],
      ["added", undefined, 2, "lr = 0.01"],
      ["context", 3, 3, 'print("a")'],
      ["removed", 4, undefined, "-- not a header"],
    ]);
  });

  it("reads a plain diff without git's headings", () => {
    const plain = parseDiff(
      "--- a.txt\t2026-01-01\n+++ a.txt\t2026-01-02\n@@ -1 +1 @@\n-a\n+b\n--- c.txt\n+++ c.txt\n@@ -1 +1 @@\n-c\n+d\n",
    );
    expect(plain.map((file) => [file.path, file.added, file.removed])).toEqual([
      ["a.txt", 1, 1],
      ["c.txt", 1, 1],
    ]);
  });

  it("reads names that git had to quote", () => {
    const [file] = parseDiff(
      '--- "a/\\303\\251 \\"x\\".py"\n+++ "b/\\303\\251 \\"x\\".py"\n@@ -1 +1 @@\n-a\n+b\n',
    );
    expect(file?.path).toBe('é "x".py');
  });

  it("has nothing for an empty text, or for words that are no diff", () => {
    expect([parseDiff(""), parseDiff("hello\nworld")]).toEqual([[], []]);
  });
});

it("finds the part of a line that changed", () => {
  const lines = parseDiff(diff)[0]?.hunks[0]?.lines ?? [];
  expect(changedParts(lines)).toEqual([undefined, [7, 7], [7, 8], undefined, undefined]);
});
