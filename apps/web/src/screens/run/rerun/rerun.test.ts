import { ApiError } from "@tessera/client/api-error";
import type { Job } from "@tessera/contracts/job";
import { expect, it } from "vitest";
import { commandFlags, withFlag } from "./command-flags.ts";
import { draftOf, faultsFrom, readDraft } from "./rerun-draft.ts";
import { readTimeLimit, writeTimeLimit } from "./time-limit.ts";

const job = {
  command: ["python", "train.py", "--eta", "0.1"],
  environment: { name: "digits", number: 2, revisionId: "0" },
  tier: { name: "small" },
  timeoutSeconds: 5400,
  maxRetries: 1,
  env: { SEED: "7" },
} as unknown as Job;

it("writes and reads time limits", () => {
  for (const seconds of [1, 59, 90, 5400, 86_400, 90_061]) {
    expect(readTimeLimit(writeTimeLimit(seconds))).toEqual({ seconds });
  }
  expect(writeTimeLimit(5400)).toBe("1h30m");
  expect(readTimeLimit(" 2 H ")).toEqual({ seconds: 7200 });
  expect(readTimeLimit("")).toEqual({ seconds: null });
  for (const wrong of ["0s", "soon", "5", "-3m", "400d"]) {
    expect(readTimeLimit(wrong)).toHaveProperty("error");
  }
});

it("finds named arguments, and changes one", () => {
  const words = [
    "python",
    "train.py",
    "--lr",
    "-0.1",
    "--fast",
    "-n",
    "3",
    "model.depth=4",
    "--x=a=b",
    "--last",
  ];
  const flags = commandFlags(words);
  expect(flags.map(({ name, value }) => `${name}: ${value}`)).toEqual([
    "lr: -0.1",
    "n: 3",
    "model.depth: 4",
    "x: a=b",
  ]);
  expect(withFlag(words, flags[2]!, "8")[7]).toBe("model.depth=8");
  expect(withFlag(words, flags[0]!, "0.2")[3]).toBe("0.2");
  expect(commandFlags(["--not", "a flag of the program itself"])).toEqual([]);
});

it("keeps a job as it is when nothing is changed", () => {
  expect(readDraft(draftOf(job, "eta"))).toEqual({
    body: {
      name: "eta (2)",
      command: ["python", "train.py", "--eta", "0.1"],
      environment: "digits@2",
      tier: "small",
      timeoutSeconds: 5400,
      maxRetries: 1,
      env: { SEED: "7" },
    },
  });
});

it("says what is wrong, at its field", () => {
  const draft = {
    ...draftOf(job, "eta"),
    command: "echo 'a",
    timeLimit: "soon",
    retries: "1.5",
    variables: [
      { id: 0, name: "A", value: "1" },
      { id: 1, name: "A", value: "2" },
    ],
  };
  const read = readDraft(draft);
  expect("faults" in read && Object.keys(read.faults).toSorted()).toEqual([
    "command",
    "retries",
    "timeLimit",
    "variables",
  ]);
  const nameless = readDraft({
    ...draftOf(job, "eta"),
    variables: [{ id: 0, name: "1A", value: "x" }],
  });
  expect(nameless).toMatchObject({ faults: { variables: expect.stringContaining("1A") } });
});

it("puts what the server found wrong at its field", () => {
  const error = new ApiError({
    type: "",
    title: "",
    status: 400,
    code: "invalid_argument",
    detail: "no",
    issues: [
      { path: "tier", message: "must be one of small" },
      { path: "body.env.1A", message: "must be a variable name" },
      { path: "elsewhere", message: "?" },
    ],
  });
  expect(faultsFrom(error)).toEqual({
    tier: "must be one of small",
    variables: "must be a variable name",
  });
  expect(faultsFrom(new Error("away"))).toEqual({});
});
