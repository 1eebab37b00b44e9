import { describe, expect, it } from "vitest";
import {
  columnsToStore,
  defaultColumns,
  readColumns,
  readSort,
  withNewColumns,
  writeColumns,
  writeSort,
} from "./table-state.ts";

const keys = {
  metrics: ["loss", "system/cpu", "val_acc"],
  params: ["lr"],
  tags: ["mlflow.user", "team"],
};

describe("columns", () => {
  it("begin with what tells runs apart, without what the client sets by itself", () => {
    expect(defaultColumns(keys)).toEqual([
      "name",
      "m:val_acc",
      "m:loss",
      "p:lr",
      "state",
      "started",
      "duration",
      "user",
      "experiment",
      "t:team",
    ]);
    expect(defaultColumns(undefined)).toContain("name");
  });

  it("show no more of a kind than a person can look through", () => {
    const many = Array.from({ length: 5000 }, (_, at) => `k${at}`);
    expect(defaultColumns({ metrics: many, params: many, tags: many }).length).toBeLessThan(80);
  });

  it("keep a person's order, and let in what was logged since", () => {
    const before = defaultColumns(keys);
    const next = { columns: ["name", "p:lr", "m:loss"], pinned: ["name"], widths: {} };
    const stored = columnsToStore(next, before, []);
    expect(stored.hidden).toContain("m:val_acc");
    const later = defaultColumns({ ...keys, metrics: [...keys.metrics, "f1"] });
    expect(withNewColumns(stored, later)).toEqual(["name", "p:lr", "m:loss", "m:f1"]);
  });

  it("remember what was put away earlier, and forget it once it is shown again", () => {
    const first = columnsToStore(
      { columns: ["name"], pinned: [], widths: {} },
      ["name", "user"],
      [],
    );
    const second = columnsToStore(
      { columns: ["name", "user"], pinned: [], widths: {} },
      first.columns,
      first.hidden,
    );
    expect([first.hidden, second.hidden]).toEqual([["user"], []]);
  });
});

describe("addresses", () => {
  it("carry columns and pins", () => {
    const words = writeColumns(["name", "m:a^b", "p:lr"], ["name"]);
    expect(words).toEqual(["^name", "m:a^b", "p:lr"]);
    expect(readColumns(words)).toEqual({ columns: ["name", "m:a^b", "p:lr"], pinned: ["name"] });
  });

  it("carry the sort", () => {
    const sort = [
      { id: "m:val-acc", descending: true },
      { id: "p:lr", descending: false },
    ];
    expect(readSort(writeSort(sort))).toEqual(sort);
    expect(readSort(["", "-"])).toEqual([]);
  });
});
