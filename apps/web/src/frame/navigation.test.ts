import { expect, it } from "vitest";
import { isAt, projectNavigation, projectPath } from "./navigation.ts";

it("encodes what a slug or an id may hold", () => {
  expect(projectPath("digits", "runs", "a/b")).toBe("/p/digits/runs/a%2Fb");
});

it("marks one item for each page of a project", () => {
  const items = projectNavigation("digits");
  const at = (path: string) => items.filter((item) => isAt(item, path)).map((item) => item.id);
  expect(at("/p/digits")).toEqual(["overview"]);
  expect(at("/p/digits/runs/0199")).toEqual(["runs"]);
  expect(at("/p/digits/runs-old")).toEqual([]);
  expect(at("/p/digits2")).toEqual([]);
});
