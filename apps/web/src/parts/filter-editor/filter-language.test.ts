import { expect, it } from "vitest";
import { filterTokens } from "./filter-language.ts";

function classed(text: string) {
  return filterTokens(text).map((token) => `${token.class}:${text.slice(token.from, token.to)}`);
}

it("colours the words of a filter", () => {
  expect(classed("metrics.acc >= 0.9 AND params.\"opt name\" ILIKE '%adam%'")).toEqual([
    "entity:metrics",
    "operator:>=",
    "number:0.9",
    "keyword:AND",
    "entity:params",
    'string:"opt name"',
    "keyword:ILIKE",
    "string:'%adam%'",
  ]);
});

it("does not take numbers inside names for numbers, nor words inside strings for keywords", () => {
  expect(classed("metrics.top5 = 1e-3")).toEqual(["entity:metrics", "operator:=", "number:1e-3"]);
  expect(classed("tags.note = 'this and that'")).toEqual([
    "entity:tags",
    "operator:=",
    "string:'this and that'",
  ]);
});

it("takes an unfinished string to its end", () => {
  expect(classed("params.a = 'x AND")).toEqual(["entity:params", "operator:=", "string:'x AND"]);
});
