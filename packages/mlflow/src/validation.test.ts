import fc from "fast-check";
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { MlflowError } from "./errors.ts";
import {
  normalisePath,
  truncate,
  validateAlias,
  validateBatch,
  validateExperimentId,
  validateExperimentName,
  validateExperimentTag,
  validateKey,
  validateMaxResults,
  validateMetric,
  validateModelName,
  validateParam,
  validateRegistryTag,
  validateRunId,
  validateRunTag,
} from "./validation.ts";
import type { Batch } from "./validation.ts";

interface Case {
  readonly what: string;
  readonly given: unknown;
  readonly ok?: unknown;
  readonly error?: readonly [string, string];
}

/** Undoes {"of": …, "times": …}; items of a repeated list get keys of their own. */
function expand(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expand);
  if (typeof value !== "object" || value === null) return value;
  const { of: item, times } = value as { of?: unknown; times?: number };
  if (times === undefined) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, expand(one)]));
  }
  if (typeof item === "string") return item.repeat(times);
  return Array.from({ length: times }, (_, i) => [`k${i}`, ...(item as unknown[]).slice(1)]);
}

const cases = readFileSync(new URL("./testing/validation-cases.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => expand(JSON.parse(line)) as Case);

function toBatch(given: unknown): Batch {
  const rows = given as Record<"metrics" | "params" | "tags", [string, never, number, number][]>;
  const pair = ([key, value]: readonly [string, string, ...unknown[]]) => ({ key, value });
  return {
    metrics: rows.metrics.map(([key, value, timestamp, step]) => ({ key, value, timestamp, step })),
    params: rows.params.map(pair),
    tags: rows.tags.map(pair),
  };
}

const tag = (given: unknown) => {
  const [key, value] = given as [string, string];
  return { key, value };
};

const VALIDATORS: Readonly<Record<string, (given: unknown) => unknown>> = {
  metric: (key) => validateMetric({ key: key as string, value: 1, timestamp: 0, step: 0 }),
  param: (given) => validateParam(tag(given)).value,
  "run-tag": (given) => validateRunTag(tag(given)).value,
  "experiment-tag": (given) => validateExperimentTag(tag(given)),
  "registry-tag": (given) => validateRegistryTag(tag(given)),
  "run-id": (id) => validateRunId(id as string),
  "experiment-name": (name) => validateExperimentName(name as string),
  "model-name": (name) => validateModelName(name as string),
  alias: (name) => validateAlias(name as string),
  batch: (given) => validateBatch(toBatch(given)) && "accepted",
};

function answer(item: Case): unknown {
  try {
    return { ok: VALIDATORS[item.what]?.(item.given) ?? null };
  } catch (error) {
    if (error instanceof MlflowError) return { error: [error.code, error.message] };
    throw error;
  }
}

/** We cut long values out of messages. */
function short(text: unknown): string {
  return JSON.stringify(text).replaceAll(/([xé]|\\\\u00e9){30,}…?/gu, "…");
}

describe("validation", () => {
  it("says what MLflow says about every name, value and batch", () => {
    expect(cases.length).toBeGreaterThan(350);
    const different = cases
      .map((item) => ({ item, ours: answer(item) }))
      .filter(({ item: { ok, error }, ours }) => {
        const theirs = error === undefined ? { ok: ok ?? null } : { error };
        return short(ours) !== short(theirs);
      });
    expect(different).toEqual([]);
  });

  it("cuts values, never through a character", () => {
    expect(truncate("💥💥💥", 2)).toBe("💥💥");
    expect(validateParam({ key: "k", value: "💥".repeat(6001) }).value).toBe("💥".repeat(6000));
    expect(validateRunTag({ key: "k", value: "x".repeat(9000) }).value).toHaveLength(8000);
    expect(() => validateExperimentName("💥".repeat(500))).not.toThrow();
    expect(() => validateExperimentName("💥".repeat(501))).toThrow(/maximum length of 500/u);
  });

  it("names the item of a batch by its place", () => {
    const param = { key: "a,b", value: "" };
    expect(() => validateBatch({ metrics: [], params: [param], tags: [] })).toThrow(
      "Invalid value \"a,b\" for parameter 'params[0].key' supplied",
    );
  });

  it("bounds pages", () => {
    expect(() => validateMaxResults(0, 10)).toThrow(
      "Invalid value 0 for parameter 'max_results' supplied. It must be a positive integer",
    );
    expect(() => validateMaxResults(11, 10)).toThrow(/at most 10/u);
    expect(() => validateMaxResults(10, 10)).not.toThrow();
  });

  it("takes numbers for experiment ids", () => {
    expect(() => validateExperimentId("0")).not.toThrow();
    for (const id of ["", "x", "1.5", "-1", "9".repeat(19), "١"]) {
      expect(() => validateExperimentId(id)).toThrow(/must be a valid integer/u);
    }
  });

  it("resolves paths as POSIX does", () => {
    const part = fc.constantFrom("a", "b.c", ".", "..", "...", "", "/");
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const path = parts.join("/");
        // Node keeps a trailing slash and has no root of two slashes.
        const node = posix.normalize(path).replace(/(?<=[^/])\/$/u, "");
        expect(normalisePath(path).replace(/^\/\//u, "/")).toBe(node);
      }),
    );
  });

  it("accepts a key exactly when it names itself", () => {
    expect(() => validateKey("a/b.c", "key")).not.toThrow();
    expect(() => validateKey("a//b", "key")).toThrow(/would resolve to 'a\/b'/u);
  });
});
