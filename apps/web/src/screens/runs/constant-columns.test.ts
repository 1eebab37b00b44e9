import { expect, it } from "vitest";
import { constantColumns } from "./constant-columns.ts";

const columns = [
  { id: "name", label: "Name", fixed: true, value: () => "same" },
  { id: "lr", label: "lr", value: (row: { lr: string | null }) => row.lr },
  { id: "none", label: "none", value: () => null },
];

it("finds what all rows share, the lack of a value included", () => {
  expect(constantColumns(columns, [{ lr: "1" }, { lr: "1" }])).toEqual(["lr", "none"]);
  expect(constantColumns(columns, [{ lr: "1" }, { lr: null }])).toEqual(["none"]);
});

it("says nothing of one row", () => {
  expect(constantColumns(columns, [{ lr: "1" }])).toEqual([]);
});
