import { expect, it } from "vitest";
import { refusalOf } from "./permission.ts";

it("refuses what a role is too low for, and says which would do", () => {
  expect(refusalOf("job.cancel", "viewer")).toBe(
    "Your role here is viewer; this needs launcher or more",
  );
  expect(refusalOf("job.cancel", "launcher")).toBeNull();
  expect(refusalOf("run.write", "launcher")).not.toBeNull();
  expect(refusalOf("environment.write", "owner")).toBeNull();
});
