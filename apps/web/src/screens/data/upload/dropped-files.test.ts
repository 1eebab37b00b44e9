import { expect, it } from "vitest";
import { faultOfFiles, withoutCommonFolder } from "./dropped-files.ts";

const picked = (...paths: string[]) => paths.map((path) => ({ path, file: new File([], path) }));
const pathsOf = (...paths: string[]) =>
  withoutCommonFolder(picked(...paths)).map(({ path }) => path);

it("takes one folder as the dataset, and several as folders in it", () => {
  expect(pathsOf("digits/a", "digits/b/c")).toEqual(["a", "b/c"]);
  expect(pathsOf("a/x", "b/y")).toEqual(["a/x", "b/y"]);
  expect(pathsOf("a/x", "y")).toEqual(["a/x", "y"]);
  expect(pathsOf("y")).toEqual(["y"]);
  expect(pathsOf()).toEqual([]);
});

it("says what cannot be a version", () => {
  expect(faultOfFiles([])).toMatch(/Drop a folder/);
  expect(faultOfFiles(picked("a", "b\\c"))).toMatch(/backslash/);
  expect(faultOfFiles(picked("a", "b/c"))).toBeUndefined();
});
