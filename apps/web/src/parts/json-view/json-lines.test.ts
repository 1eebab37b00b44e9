import { describe, expect, it } from "vitest";
import { jsonLines, readJson } from "./json-lines.ts";

const closed = { switched: new Map<string, boolean>(), depth: 1 };

describe("jsonLines", () => {
  const value = { lr: 0.1, "a b": [1, { deep: null }], empty: [] };

  it("shows what is open, with the way to each value", () => {
    expect(jsonLines(value, closed).map((line) => [line.path, line.depth, line.open])).toEqual([
      ["$", 0, true],
      ["$.lr", 1, undefined],
      ['$["a b"]', 1, false],
      ["$.empty", 1, undefined],
    ]);
  });

  it("follows what was switched by hand", () => {
    const switched = new Map([
      ['$["a b"]', true],
      ['$["a b"][1]', true],
    ]);
    expect(jsonLines(value, { switched, depth: 1 }).map((line) => line.path)).toContain(
      '$["a b"][1].deep',
    );
    expect(jsonLines(value, { switched: new Map([["$", false]]), depth: 9 })).toHaveLength(1);
  });

  it("takes a bare value", () => {
    expect(jsonLines("x", closed)).toEqual([
      { path: "$", depth: 0, label: undefined, value: "x", open: undefined, size: 0 },
    ]);
  });
});

describe("readJson", () => {
  it("reads what Python writes for numbers that are none", () => {
    expect(readJson('{"a": NaN, "b": [-Infinity, Infinity], "c": "NaN, Infinity"}')).toEqual({
      a: "NaN",
      b: ["-Infinity", "Infinity"],
      c: "NaN, Infinity",
    });
  });

  it("refuses what is no JSON", () => {
    expect(() => readJson("{'a': 1}")).toThrow(SyntaxError);
    expect(() => readJson("{NaN")).toThrow(SyntaxError);
  });
});
