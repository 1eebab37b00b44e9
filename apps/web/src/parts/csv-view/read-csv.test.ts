import { expect, it } from "vitest";
import { readCsv } from "./read-csv.ts";

it("reads quoted fields, finds the separator, and tells numbers", () => {
  const table = readCsv('\uFEFFname;score;note\na;0.5;"x;\ny"\nb;nan;\n');
  expect(table.headings).toEqual(["name", "score", "note"]);
  expect(table.numeric).toEqual([false, true, false]);
  expect(table.rows.map((row) => row.cells)).toEqual([
    ["a", "0.5", "x;\ny"],
    ["b", "nan", ""],
  ]);
  expect(table.faults).toEqual([]);
});

it("names columns that have no heading, also those beyond the headings", () => {
  expect(readCsv("a,\n1,2,3\n").headings).toEqual(["a", "Column 2", "Column 3"]);
});

it("takes one column without complaint", () => {
  expect(readCsv("value\n1\n2\n")).toMatchObject({ headings: ["value"], faults: [], cut: false });
});

it("says what is wrong with a quote that never ends", () => {
  expect(readCsv('a,b\n"x,1\n').faults[0]).toMatch(/[Qq]uote/);
});

it("reads a file of a hundred thousand rows and more in part", () => {
  const table = readCsv(`x\n${"1\n".repeat(100_010)}`);
  expect([table.rows.length, table.cut]).toEqual([100_000, true]);
});
