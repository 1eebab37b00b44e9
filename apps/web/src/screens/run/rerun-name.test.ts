import { expect, it } from "vitest";
import { rerunName } from "./rerun-name.ts";

it("counts tries, and never makes a name too long", () => {
  expect(rerunName("eta-0.01")).toBe("eta-0.01 (2)");
  expect(rerunName("eta-0.01 (9)")).toBe("eta-0.01 (10)");
  expect(rerunName("x".repeat(200))).toBe(`${"x".repeat(196)} (2)`);
});
