import { expect, it } from "vitest";
import { faultOfName } from "./environment-name.ts";

it("takes what jobs can ask for by name", () => {
  expect(["train", "a", "torch-2", "0x"].map((name) => faultOfName(name, ["other"]))).toEqual(
    Array.from({ length: 4 }, () => undefined),
  );
  for (const name of ["", "Train", "-a", "a-", "a b", "a@1", "x".repeat(61)]) {
    expect(faultOfName(name, []), name).toBeDefined();
  }
  expect(faultOfName("train", ["train"])).toContain("already");
});
