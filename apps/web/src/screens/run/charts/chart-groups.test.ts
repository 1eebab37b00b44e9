import type { LatestMetric } from "@tessera/contracts/run";
import { expect, it } from "vitest";
import { groupMetrics } from "./chart-groups.ts";

function metric(key: string, count = 5): LatestMetric {
  return { key, value: 1, step: 4, at: "2026-01-01T00:00:00Z", min: 0, max: 2, count };
}

const metrics = [
  metric("val/loss"),
  metric("layer/10/w"),
  metric("layer/2/w"),
  metric("loss"),
  metric("/odd"),
  metric("f1", 1),
];

function shown(options: Partial<Parameters<typeof groupMetrics>[1]> = {}) {
  const { groups, pinned, single, matched } = groupMetrics(metrics, {
    search: "",
    pinned: [],
    active: false,
    ...options,
  });
  return {
    groups: groups.map(({ title, metrics: members }) => [title, ...members.map(({ key }) => key)]),
    pinned: pinned.map(({ key }) => key),
    single: single.map(({ key }) => key),
    matched,
  };
}

it("groups by prefix, in the order that people count in, and keeps single values apart", () => {
  expect(shown()).toEqual({
    groups: [
      ["Metrics", "/odd", "loss"],
      ["layer", "layer/2/w", "layer/10/w"],
      ["val", "val/loss"],
    ],
    pinned: [],
    single: ["f1"],
    matched: 6,
  });
});

it("shows a first value as a chart while more may come", () => {
  expect(shown({ active: true }).single).toEqual([]);
});

it("finds by all words, and takes what is pinned out of its group", () => {
  expect(shown({ search: "LAYER 10", pinned: ["layer/10/w"] })).toEqual({
    groups: [],
    pinned: ["layer/10/w"],
    single: [],
    matched: 1,
  });
});
