import { describe, expect, it } from "vitest";
import { moveColumn, nextSort, setPinned, setShown } from "./table-model.ts";
import type { TableView } from "./table-model.ts";

const view: TableView = {
  columns: ["name", "lr", "acc", "loss"],
  pinned: ["name"],
  widths: {},
  sort: [],
};

describe("nextSort", () => {
  it("goes ascending, descending, none", () => {
    const first = nextSort([], "acc", false);
    const second = nextSort(first, "acc", false);
    expect([first, second, nextSort(second, "acc", false)]).toEqual([
      [{ id: "acc", descending: false }],
      [{ id: "acc", descending: true }],
      [],
    ]);
  });

  it("drops the other keys, unless it adds; an added key keeps its place", () => {
    const sort = [
      { id: "acc", descending: false },
      { id: "lr", descending: false },
    ];
    expect(nextSort(sort, "loss", false)).toEqual([{ id: "loss", descending: false }]);
    expect(nextSort(sort, "acc", true)).toEqual([
      { id: "acc", descending: true },
      { id: "lr", descending: false },
    ]);
    expect(nextSort(nextSort(sort, "acc", true), "acc", true)).toEqual([
      { id: "lr", descending: false },
    ]);
  });
});

describe("moveColumn", () => {
  it("moves before another column or to the end", () => {
    expect(moveColumn(view, "loss", "lr").columns).toEqual(["name", "loss", "lr", "acc"]);
    expect(moveColumn(view, "lr", undefined).columns).toEqual(["name", "acc", "loss", "lr"]);
    expect(moveColumn(view, "lr", "lr")).toBe(view);
  });

  it("pins what is dropped among the pinned, and lets go what is dragged out", () => {
    expect(moveColumn(view, "acc", "name").pinned).toEqual(["acc", "name"]);
    expect(moveColumn(view, "name", "acc").pinned).toEqual([]);
  });
});

it("shows at the end, and hiding lets go of the pin", () => {
  expect(setShown(view, "f1", true).columns).toEqual(["name", "lr", "acc", "loss", "f1"]);
  expect(setShown(view, "lr", true)).toBe(view);
  const hidden = setShown(setPinned(view, "lr", true), "lr", false);
  expect([hidden.columns, hidden.pinned]).toEqual([["name", "acc", "loss"], ["name"]]);
});
