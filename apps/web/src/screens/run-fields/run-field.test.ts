import { describe, expect, it } from "vitest";
import type { Run } from "@tessera/contracts/run";
import {
  fieldId,
  fieldLabel,
  fieldValue,
  metricsByInterest,
  orderClause,
  readField,
} from "./run-field.ts";

const run: Run = {
  id: "a1",
  project: "p",
  name: "brave-otter",
  experimentId: "0",
  experimentName: "Default",
  state: "finished",
  reason: null,
  startedAt: "2026-01-01T00:00:00.000Z",
  finishedAt: "2026-01-01T00:01:00.000Z",
  user: "ada",
  deleted: false,
  hasJob: false,
  metrics: [
    {
      key: "val/loss",
      value: "NaN",
      step: 9,
      at: "2026-01-01T00:01:00.000Z",
      min: 0.1,
      max: "Infinity",
      count: 10,
    },
  ],
  params: { lr: "0.1", "a:b": "c" },
  tags: {},
};

function valueOf(id: string) {
  const field = readField(id);
  return field ? fieldValue(field, run) : undefined;
}

describe("fields", () => {
  it("reads what ids stand for, colons in keys included", () => {
    expect(readField("p:a:b")).toEqual({ kind: "param", id: "p:a:b", key: "a:b" });
    expect(["", "nothing", "x:y", "m:", ":", "toString"].map(readField)).toEqual(
      Array.from({ length: 6 }, () => undefined),
    );
  });

  it("has the values of a run, numbers that JSON lacks included", () => {
    expect(valueOf("m:val/loss")).toBeNaN();
    expect(valueOf("min:val/loss")).toBe(0.1);
    expect(valueOf("max:val/loss")).toBe(Number.POSITIVE_INFINITY);
    expect(valueOf("p:a:b")).toBe("c");
    expect(valueOf("duration")).toBe(60_000);
    expect(["m:gone", "p:gone", "t:gone", "p:toString"].map(valueOf)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("asks for orders, with keys quoted where they must be", () => {
    const clause = (id: string, descending = true) => {
      const field = readField(id);
      return field ? orderClause(field, descending) : undefined;
    };
    expect(clause("m:val/loss", false)).toBe("metrics.`val/loss` ASC");
    expect(clause("min:loss")).toBe("min(metrics.loss) DESC");
    expect(clause("started")).toBe("attributes.start_time DESC");
    expect(clause("t:a b")).toBe("tags.`a b` DESC");
    expect(clause("p:`\"'")).toBeNull();
  });

  it("names them", () => {
    const label = (id: string) => {
      const field = readField(id);
      return field ? fieldLabel(field) : undefined;
    };
    expect([label(fieldId("max", "acc")), label("user"), label("p:lr")]).toEqual([
      "acc (max)",
      "User",
      "lr",
    ]);
  });
});

it("puts metrics of held-out data first, the machinery's and the machine's last", () => {
  const keys = ["acc", "system/cpu", "lr", "train_loss", "val_loss/10", "val_loss/2", "value"];
  expect(metricsByInterest([...keys, "test/acc"])).toEqual([
    "test/acc",
    "val_loss/2",
    "val_loss/10",
    "acc",
    "value",
    "train_loss",
    "lr",
    "system/cpu",
  ]);
});
