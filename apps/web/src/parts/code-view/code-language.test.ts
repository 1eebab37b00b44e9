import { expect, it } from "vitest";
import { languageOfPath } from "./code-language.ts";
import { highlightCode } from "./highlighter.ts";

it("knows a language by the file's name", () => {
  expect(
    ["src/train.py", "Dockerfile", "a/b/pyproject.TOML", "uv.lock", "notes.txt", "README"].map(
      languageOfPath,
    ),
  ).toEqual(["python", "docker", "toml", "toml", undefined, undefined]);
});

it("colours with the style sheet's variables, and loses no character", async () => {
  const code = 'def f(x: int) -> str:\n    return f"{x} ok"  # done\n';
  const lines = await highlightCode(code, "python");
  expect(lines.map((line) => line.map((token) => token.text).join("")).join("\n")).toBe(code);
  const keyword = lines[0]?.find((token) => token.text.includes("def"));
  expect(keyword?.color).toBe("var(--code-token-keyword)");
});
