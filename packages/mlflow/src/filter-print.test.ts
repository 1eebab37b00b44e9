import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MlflowError } from "./errors.ts";
import type { Condition, Entity, SearchKind } from "./filter-ast.ts";
import { parseFilter } from "./filter-grammar.ts";
import { printFilter, quoteKey, quoteValue } from "./filter-print.ts";
import type { PrintableCondition } from "./filter-print.ts";
import { parseOrderBy } from "./order-by.ts";
import { DATASET_KEYS, SEARCH_DIALECTS, operatorsFor, valueTypeOf } from "./search-dialects.ts";

const KINDS = Object.keys(SEARCH_DIALECTS) as SearchKind[];

function withoutSpans(condition: Condition): PrintableCondition {
  const { entity, key, type, operator } = condition;
  const value = condition.type === "presence" ? {} : { value: condition.value };
  return { entity, key, type, operator, ...value } as PrintableCondition;
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.stringMatching(/^['"`\\ab .()]{0,6}$/u),
);

function keyOf(kind: SearchKind, entity: Entity): fc.Arbitrary<string> {
  if (entity === "attribute") return fc.constantFrom(...SEARCH_DIALECTS[kind].attributes.keys());
  if (entity === "dataset") return fc.constantFrom(...DATASET_KEYS);
  return fc
    .oneof(fc.constantFrom("loss", "in", "a.from", "desc", "val loss", "a/b", "1x"), text)
    .filter((key) => quoteKey(key) !== null);
}

function valueOf(kind: SearchKind, entity: Entity, [key, operator]: [string, string]) {
  if (key === "experiment_id" && kind === "experiments") {
    const id = fc.nat().map(String);
    return operator.endsWith("IN") ? fc.array(id, { minLength: 1 }) : id;
  }
  if (valueTypeOf(SEARCH_DIALECTS[kind], entity, key) === "number") {
    const whole = SEARCH_DIALECTS[kind].integersOnly;
    return whole ? fc.maxSafeInteger() : fc.double({ noNaN: true });
  }
  if (operator.endsWith("IN")) {
    const item = text.filter((value) => !value.includes("\0"));
    return fc.array(item, { minLength: 1, maxLength: 4 });
  }
  return text.filter((value) => quoteValue(value) !== null);
}

function typeOf(value: unknown): PrintableCondition["type"] {
  if (value === undefined) return "presence";
  if (Array.isArray(value)) return "list";
  return typeof value === "number" ? "number" : "text";
}

function conditionOf(kind: SearchKind): fc.Arbitrary<PrintableCondition> {
  const dialect = SEARCH_DIALECTS[kind];
  return fc
    .constantFrom(...new Set(dialect.entities.values()))
    .chain((entity) => fc.tuple(fc.constant(entity), keyOf(kind, entity)))
    .chain(([entity, key]) => {
      const operators = operatorsFor(dialect, entity, key).filter(
        (operator) => !(key === "experiment_id" && operator.endsWith("LIKE")),
      );
      return fc.tuple(fc.constant({ entity, key }), fc.constantFrom(...operators));
    })
    .chain(([target, operator]) =>
      operator.startsWith("IS")
        ? fc.constant({ ...target, operator, type: "presence" } as PrintableCondition)
        : valueOf(kind, target.entity, [target.key, operator]).map((value) => {
            const plain = value === 0 ? 0 : value;
            return { ...target, operator, type: typeOf(value), value: plain } as PrintableCondition;
          }),
    );
}

describe("printing a filter", () => {
  it.each(KINDS)("parses back to the same conditions: %s", (kind) => {
    fc.assert(
      fc.property(fc.array(conditionOf(kind), { maxLength: 4 }), (conditions) => {
        const printed = printFilter(kind, conditions);
        expect(parseFilter(kind, printed).map(withoutSpans)).toEqual(conditions);
      }),
      { numRuns: 150 },
    );
  });

  it("keeps the meaning of every filter that MLflow was asked about", () => {
    const lines = readFileSync(new URL("./testing/search-cases.jsonl", import.meta.url), "utf8");
    const parsed = lines
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { kind: SearchKind; filter?: string })
      .flatMap(({ kind, filter }) => {
        const conditions = filter === undefined ? undefined : tryParse(kind, filter);
        return conditions === undefined ? [] : [{ kind, conditions }];
      })
      .filter(({ kind, conditions }) => conditions.every((one) => isPrintable(kind, one)));
    expect(parsed.length).toBeGreaterThan(500);
    for (const { kind, conditions } of parsed) {
      const again = tryParse(kind, printFilter(kind, conditions));
      expect(again?.map(withoutSpans)).toEqual(conditions.map(withoutSpans));
    }
  });

  it("puts in quotes what needs them, and nothing else", () => {
    expect(quoteKey("loss")).toBe("loss");
    expect(quoteKey("a.b_1")).toBe("a.b_1");
    expect(quoteKey("val loss")).toBe("`val loss`");
    expect(quoteKey("in")).toBe("`in`");
    expect(quoteKey("a`b")).toBe('"a`b"');
    expect(quoteKey("")).toBeNull();
    expect(quoteValue("it's")).toBe('"it\'s"');
    expect(quoteValue('say "it\'s"')).toBeNull();
  });

  it("says what cannot be written", () => {
    const value = "both \" and '";
    const condition = { type: "text", entity: "tag", key: "t", operator: "=", value } as const;
    expect(() => printFilter("runs", [condition])).toThrow(/cannot be written/u);
    const unnamed = { ...condition, key: "`\"'", value: "x" } as const;
    expect(() => printFilter("runs", [unnamed])).toThrow(/cannot be written/u);
  });
});

function isPrintable(kind: SearchKind, condition: Condition): boolean {
  try {
    return printFilter(kind, [condition]) !== "";
  } catch (error) {
    if (error instanceof MlflowError) return false;
    throw error;
  }
}

function tryParse(kind: SearchKind, filter: string): Condition[] | undefined {
  try {
    return parseFilter(kind, filter);
  } catch (error) {
    if (error instanceof MlflowError) return undefined;
    throw error;
  }
}

/** Runs the parser; anything that it throws must be a protocol error with a span in the text. */
function isWellBehaved(source: string, parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch (error) {
    if (!(error instanceof MlflowError) || error.span === undefined) return false;
    const { from, to } = error.span;
    return 0 <= from && from <= to && to <= source.length;
  }
}

describe("parsing anything at all", () => {
  const pieces = ["metrics.", "params.a", "'x'", '"y"', "`z`", "=", ">", "IN", "NOT", "IS", "NULL"];
  const more = [
    "AND",
    "OR",
    "(",
    ")",
    ",",
    ".",
    "1",
    "-2.5e3",
    "desc",
    "--",
    "/*",
    "\\",
    "💥",
    ";",
  ];
  const soup = fc
    .array(fc.constantFrom(...pieces, ...more, " ", " ", "  "), { maxLength: 20 })
    .map((parts) => parts.join(""));
  const anything = fc.oneof(soup, fc.string(), fc.string({ unit: "binary" }));

  it("fails in no way but with a protocol error whose span is inside the text", () => {
    const property = fc.property(fc.constantFrom(...KINDS), anything, (kind, source) =>
      isWellBehaved(source, () => parseFilter(kind, source)),
    );
    expect(() => fc.assert(property, { numRuns: 1500 })).not.toThrow();
  });

  it("holds for order_by too", () => {
    const property = fc.property(fc.constantFrom(...KINDS), anything, (kind, source) =>
      isWellBehaved(source, () => parseOrderBy(kind, [source])),
    );
    expect(() => fc.assert(property, { numRuns: 1000 })).not.toThrow();
  });
});
