import type { Run } from "@tessera/contracts/run";
import { describe, expect, it } from "vitest";
import { readField } from "../run-fields/run-field.ts";
import type { RunField } from "../run-fields/run-field.ts";
import { groupRuns, summarise } from "./group-runs.ts";
import { holdOrder } from "./held-order.ts";
import { runsOf, withNewHead, withNewRuns } from "./merge-pages.ts";
import { firstRuns } from "./use-charted-runs.ts";

function run(id: string, params: Record<string, string> = {}, acc?: number | "NaN"): Run {
  return {
    id,
    project: "p",
    name: id,
    experimentId: "0",
    experimentName: "Default",
    state: "finished",
    reason: null,
    startedAt: null,
    finishedAt: null,
    user: "ada",
    deleted: false,
    hasJob: false,
    metrics:
      acc === undefined
        ? []
        : [
            {
              key: "acc",
              value: acc,
              step: 0,
              at: "2026-01-01T00:00:00.000Z",
              min: null,
              max: null,
              count: 1,
            },
          ],
    params,
    tags: {},
  };
}

function field(id: string): RunField {
  const found = readField(id);
  if (!found) throw new Error(id);
  return found;
}

describe("groupRuns", () => {
  const runs = [
    run("a", { lr: "0.1" }, 0.5),
    run("b", { lr: "0.01" }, 0.9),
    run("c", {}, 0.7),
    run("d", { lr: "0.1" }, 0.7),
    run("e", { lr: "1" }),
    run("f", { lr: "none" }, "NaN"),
  ];
  const shown = (groups: ReturnType<typeof groupRuns>) =>
    groups.map((group) => `${group.value}:${group.runs.map((one) => one.id).join("")}`);

  it("orders by value, numbers as numbers, runs without one last", () => {
    const groups = groupRuns(runs, { field: field("p:lr"), sort: [], summary: "mean" });
    expect(shown(groups)).toEqual(["0.01:b", "0.1:ad", "1:e", "none:f", "null:c"]);
  });

  it("follows the sort by the group's own field, and by a metric", () => {
    const by = (id: string) =>
      shown(
        groupRuns(runs, {
          field: field("p:lr"),
          sort: [{ id, descending: true }],
          summary: "mean",
        }),
      );
    expect(by("p:lr")).toEqual(["none:f", "1:e", "0.1:ad", "0.01:b", "null:c"]);
    expect(by("m:acc")).toEqual(["0.01:b", "0.1:ad", "1:e", "none:f", "null:c"]);
  });

  it("keeps a value 'null' apart from no value", () => {
    const two = [run("a", { x: "null" }), run("b")];
    expect(
      groupRuns(two, { field: field("p:x"), sort: [], summary: "mean" }).map((group) => group.id),
    ).toEqual(["is:null", "none"]);
  });
});

describe("summarise", () => {
  const runs = [run("a", { o: "adam" }, 0.5), run("b", { o: "sgd" }, 0.7), run("c", {}, "NaN")];

  it("takes mean and spread, or the best, of what is finite", () => {
    expect(summarise(runs, field("m:acc"), "mean")).toEqual({
      kind: "number",
      value: 0.6,
      spread: expect.closeTo(0.1414, 4) as number,
    });
    expect(summarise(runs, field("m:acc"), "best")).toMatchObject({ value: 0.7 });
    expect(summarise(runs.slice(2), field("m:acc"), "mean")).toBeUndefined();
  });

  it("says what all share, or how many words there are", () => {
    expect(summarise(runs, field("p:o"), "mean")).toEqual({ kind: "different", count: 2 });
    expect(summarise(runs, field("user"), "mean")).toEqual({ kind: "same", value: "ada" });
    expect(summarise(runs, field("p:gone"), "mean")).toBeUndefined();
  });
});

describe("holdOrder", () => {
  const id = (row: { id: string }) => row.id;
  const rows = (text: string, tick = 0) => text.split("").map((one) => ({ id: one, tick }));
  const held = (shown: string, latest: string) => {
    const { rows: found, waiting } = holdOrder(rows(shown), rows(latest, 1), id);
    return [found.map((row) => row.id).join(""), waiting];
  };

  it("renews rows in their places", () => {
    const { rows: found } = holdOrder(rows("ab"), rows("ab", 1), id);
    expect(found.map((row) => row.tick)).toEqual([1, 1]);
  });

  it("lets the end grow, and makes the rest wait", () => {
    expect(held("abc", "abcde")).toEqual(["abcde", 0]);
    expect(held("abc", "nabc")).toEqual(["abc", 1]);
    expect(held("abc", "nacd")).toEqual(["abcd", 2]);
    expect(held("abc", "cba")).toEqual(["abc", 1]);
  });

  it("does not take an entirely different list for a longer end", () => {
    expect(held("abc", "xy")).toEqual(["abc", 5]);
    expect(held("", "xy")).toEqual(["xy", 0]);
  });
});

describe("pages", () => {
  const page = (ids: string, nextPageToken?: string) => ({
    items: ids.split("").map((one) => run(one)),
    matched: 9,
    total: 9,
    ...(nextPageToken === undefined ? {} : { nextPageToken }),
  });
  const ids = (pages: Parameters<typeof runsOf>[0]) =>
    runsOf(pages)
      .map((one) => one.id)
      .join("");

  it("list a run once, though it moved between two reads", () => {
    expect(ids([page("abc"), page("cd")])).toBe("abcd");
  });

  it("take a new beginning, and keep what was loaded after it", () => {
    const pages = withNewHead([page("ab", "1"), page("cd", "2")], page("nab", "3"));
    expect(ids(pages)).toBe("nabcd");
    expect(pages.at(-1)?.nextPageToken).toBe("2");
    expect(ids(withNewHead([page("ab", "1"), page("cd")], page("na", "3")))).toBe("nabcd");
    expect(ids(withNewHead([page("abc", "1"), page("d")], page("ac", "3")))).toBe("acd");
    expect(withNewHead([page("ab", "1")], page("a"))).toHaveLength(1);
  });

  it("keep the very objects of runs that did not change", () => {
    const before = [page("ab", "1"), page("cd")];
    const [head] = withNewHead(before, page("ab", "1"));
    expect(head?.items[0]).toBe(before[0]?.items[0]);
    const after = withNewRuns(before, [{ ...run("c"), name: "new" }, run("a")]);
    expect(after[0]).toBe(before[0]);
    expect(after[1]?.items.map((one) => one.name)).toEqual(["new", "d"]);
  });
});

it("draws the first runs of the table, or of each of its groups", () => {
  const rows = Array.from({ length: 30 }, (_, at) => run(String(at)));
  expect(firstRuns(rows, undefined)).toHaveLength(20);
  const groups = [{ rows: rows.slice(0, 25) }, { rows: rows.slice(25) }, { rows: [] }];
  expect(firstRuns(rows, groups).map((one) => one.id)).toEqual(
    [0, 1, 2, 3, 4, 5, 25, 26, 27, 28, 29].map(String),
  );
});
