import { expect, it } from "vitest";
import { commandLine, readCommand } from "./command-words.ts";

it("writes a line that reads as the same words", () => {
  const words = [
    "python",
    "train.py",
    "--note",
    'it\'s a "test"',
    "",
    "$HOME",
    "a\\b",
    "--x=1",
    "é\n",
  ];
  expect(readCommand(commandLine(words))).toEqual({ words });
  expect(commandLine(["python", "train.py", "--lr=0.1", "s3://b/k"])).toBe(
    "python train.py --lr=0.1 s3://b/k",
  );
});

it("reads quotes, escapes and lines that go on as a shell does", () => {
  expect(readCommand(`python train.py \\\n  --name "a \\"b\\" c" 'd e'f\\ g --empty ''`)).toEqual({
    words: ["python", "train.py", "--name", 'a "b" c', "d ef g", "--empty", ""],
  });
});

it("says what is wrong", () => {
  expect(readCommand("  \n")).toEqual({ error: "A command is needed" });
  expect(readCommand("echo 'a")).toEqual({ error: "The quote ' at character 6 is not closed" });
  expect(readCommand("echo \\")).toEqual({ error: "A backslash at the end escapes nothing" });
});
