import { expect, test } from "vitest";
import { failureLine } from "./failure-line.ts";

const logs: { what: string; log: string; line: string }[] = [
  {
    what: "pip: no such package",
    log: `Collecting six
ERROR: Could not find a version that satisfies the requirement numpyy (from versions: none)
ERROR: No matching distribution found for numpyy
`,
    line: "ERROR: No matching distribution found for numpyy",
  },
  {
    what: "pip: a conflict",
    log: `ERROR: Cannot install a==1 and b==2 because these package versions have conflicting dependencies.

The conflict is caused by:
    The user requested c==1
ERROR: ResolutionImpossible: for help visit https://pip.pypa.io/en/latest/topics/
`,
    line: "ERROR: Cannot install a==1 and b==2 because these package versions have conflicting dependencies.",
  },
  {
    what: "pip: a compiler that is missing, in a subprocess's output",
    log: `  error: subprocess-exited-with-error

  × Building wheel for pyaudio (pyproject.toml) did not run successfully.
  │ exit code: 1
  ╰─> [18 lines of output]
      running build_ext
      error: command 'gcc' failed: No such file or directory
      [end of output]

  note: This error originates from a subprocess, and is likely not a problem with pip.
  ERROR: Failed building wheel for pyaudio
ERROR: Failed to build installable wheels for some pyproject.toml based projects (pyaudio)
`,
    line: "error: command 'gcc' failed: No such file or directory",
  },
  {
    what: "pip: an exception in setup.py",
    log: `  error: subprocess-exited-with-error
  × Getting requirements to build wheel did not run successfully.
  │ exit code: 1
  ╰─> [3 lines of output]
      Traceback (most recent call last):
      ModuleNotFoundError: No module named 'torch'
      [end of output]
error: metadata-generation-failed
`,
    line: "ModuleNotFoundError: No module named 'torch'",
  },
  {
    what: "pip: a full disk",
    log: `ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device
WARNING: something else`,
    line: "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
  },
  {
    what: "uv: no solution, in a box",
    log: `  × No solution found when resolving dependencies:
  ╰─▶ Because numpyy was not found in the package registry and you require
      numpyy, we can conclude that your requirements are unsatisfiable.
`,
    line: "No solution found when resolving dependencies: Because numpyy was not found in the package registry and you require numpyy, we can conclude that your requirements are unsatisfiable.",
  },
  {
    what: "uv: no solution, with causes",
    log: `\u001B[31merror\u001B[39m: No solution found when resolving dependencies
  cause: Because numpyy was not found in the package registry and you require numpyy, your requirements are unsatisfiable.
`,
    line: "No solution found when resolving dependencies: Because numpyy was not found in the package registry and you require numpyy, your requirements are unsatisfiable.",
  },
  {
    what: "git",
    log: "fatal: repository 'x' not found\n",
    line: "fatal: repository 'x' not found",
  },
  { what: "something else", log: "one\ntwo\n\n", line: "two" },
  { what: "silence", log: "\n", line: "The build failed without a word." },
];

test.each(logs)("finds the telling line: $what", ({ log, line }) => {
  expect(failureLine(log)).toBe(line);
});

test("keeps the line short", () => {
  expect(failureLine(`ERROR: ${"x".repeat(5000)}`)).toHaveLength(600);
});
