import { expect, it } from "vitest";
import { errorLine, withoutColours } from "./error-line.ts";

it("finds the exception at the end of a traceback", () => {
  const lines = [
    "epoch 12",
    "Traceback (most recent call last):",
    '  File "train.py", line 29, in <module>',
    '    raise RuntimeError("no")',
    "torch.cuda.OutOfMemoryError: CUDA out of memory",
    "wandb: done",
  ];
  expect(errorLine(lines)).toBe("torch.cuda.OutOfMemoryError: CUDA out of memory");
});

it("finds plain errors, and invents none", () => {
  expect(errorLine(["bash: line 1: traain: command not found"])).toContain("command not found");
  expect(errorLine(["error: no such file: x.csv", "usage: train"])).toBe(
    "error: no such file: x.csv",
  );
  expect(errorLine(["Validation Error rate 0.1", "done", ""])).toBeUndefined();
});

it("takes colours off", () => {
  expect(withoutColours("\u001b[1;31mred\u001b[0m plain")).toBe("red plain");
});
