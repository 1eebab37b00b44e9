import { describe, expect, it } from "vitest";
import { selectRange, toggleRow } from "./selection.ts";
import { sortRows } from "./sort-rows.ts";
import { toCsv, toTsv } from "./tsv.ts";
import type { DataColumn } from "./table-model.ts";

interface Row {
  id: string;
  name: string;
  score: number | null;
}

const columns: DataColumn<Row>[] = [
  { id: "name", label: "Name", value: (row) => row.name },
  { id: "score", label: "Score", value: (row) => row.score },
];

describe("sortRows", () => {
  const rows: Row[] = [
    { id: "1", name: "run 10", score: null },
    { id: "2", name: "run 9", score: 0.5 },
    { id: "3", name: "run 2", score: Number.NaN },
    { id: "4", name: "run 9", score: 0.25 },
  ];
  const ids = (sorted: readonly Row[]) => sorted.map((row) => row.id).join("");

  it("reads numbers inside text", () => {
    expect(ids(sortRows(rows, columns, [{ id: "name", descending: false }]))).toBe("3241");
  });

  it("takes text that is a number for the number, and puts numbers before words", () => {
    const params = ["none", "1e-3", "0.1", "0.01", "10"].map((name) => ({
      id: "",
      name,
      score: 0,
    }));
    const sorted = sortRows(params, columns, [{ id: "name", descending: false }]);
    expect(sorted.map((row) => row.name)).toEqual(["1e-3", "0.01", "0.1", "10", "none"]);
  });

  it("puts empty values and NaN last in both directions", () => {
    expect(ids(sortRows(rows, columns, [{ id: "score", descending: false }]))).toBe("4213");
    expect(ids(sortRows(rows, columns, [{ id: "score", descending: true }]))).toBe("2413");
  });

  it("breaks ties by the next key", () => {
    const sort = [
      { id: "name", descending: true },
      { id: "score", descending: false },
    ];
    expect(ids(sortRows(rows, columns, sort))).toBe("1423");
  });

  it("returns the very same array where there is nothing to sort by", () => {
    expect(sortRows(rows, columns, [{ id: "gone", descending: true }])).toBe(rows);
  });
});

describe("copies", () => {
  const rows: Row[] = [{ id: "1", name: 'tab\there, "quoted"', score: 0.12345678901234566 }];

  it("quotes what would break a cell, and gives every digit", () => {
    expect(toTsv(rows, columns)).toBe('Name\tScore\n"tab\there, ""quoted"""\t0.12345678901234566');
    expect(toCsv(rows, columns)).toBe(
      'Name,Score\r\n"tab\there, ""quoted""",0.12345678901234566\r\n',
    );
  });
});

describe("selection", () => {
  const ids = ["a", "b", "c", "d", "e"];

  it("toggles one", () => {
    expect([...toggleRow(new Set(["a"]), "b")]).toEqual(["a", "b"]);
    expect([...toggleRow(new Set(["a", "b"]), "b")]).toEqual(["a"]);
  });

  it("selects a range either way, and keeps what was selected", () => {
    const from = (anchor: number, to: number) =>
      [...selectRange(new Set(["e"]), { anchor, to, idAt: (at) => ids[at] })].toSorted().join("");
    expect(from(1, 3)).toBe("bcde");
    expect(from(3, 1)).toBe("bcde");
    expect(from(0, 0)).toBe("ae");
  });
});
