import { expect, it } from "vitest";
import { splitName } from "./middle-truncate.tsx";

it.each([
  ["validation/epoch/accuracy", ["validation/epoch", "/accuracy"]],
  ["loss", ["", "loss"]],
  ["/loss", ["", "/loss"]],
  ["a-name-without-any-slash", ["a-name-witho", "ut-any-slash"]],
  [`a/${"b".repeat(40)}`, [`a/${"b".repeat(28)}`, "b".repeat(12)]],
  ["folder/", ["", "folder/"]],
])("splits %s", (name, parts) => {
  expect(splitName(name)).toEqual(parts);
});
