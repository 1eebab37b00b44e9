import { describe, expect, it } from "vitest";
import { MlflowError } from "./errors.ts";
import type { SearchKind } from "./filter-ast.ts";
import { parseFilter } from "./filter-grammar.ts";
import { parseOrderByClause } from "./order-by.ts";

/** The part of the text that the error points at. */
function marked(text: string, kind: SearchKind = "runs"): string {
  try {
    parseFilter(kind, text);
  } catch (error) {
    if (!(error instanceof MlflowError) || error.span === undefined) throw error;
    return text.slice(error.span.from, error.span.to);
  }
  return "no error";
}

describe("a filter", () => {
  it("becomes typed conditions with the place of each part", () => {
    const text = 'metrics.`val loss` <= -1.5e3 AND tags.a.b ILIKE "x%"';
    const [metric, tag] = parseFilter("runs", text);
    expect(metric).toEqual({
      type: "number",
      entity: "metric",
      key: "val loss",
      operator: "<=",
      value: -1500,
      span: { from: 0, to: 28 },
      identifierSpan: { from: 0, to: 18 },
      operatorSpan: { from: 19, to: 21 },
      valueSpan: { from: 22, to: 28 },
    });
    expect(tag).toMatchObject({ type: "text", entity: "tag", key: "a.b", value: "x%" });
    expect(tag?.span).toEqual({ from: 33, to: text.length });
  });

  it("knows lists and absence", () => {
    const [list, presence] = parseFilter("runs", "run_id not  in ('a', 'b') and tags.t is null");
    expect(list).toMatchObject({ type: "list", operator: "NOT IN", value: ["a", "b"] });
    expect(presence).toMatchObject({ type: "presence", operator: "IS NULL" });
    expect(presence).not.toHaveProperty("value");
  });

  it("points at what is wrong", () => {
    expect(marked("metrics.a > 1 OR metrics.b > 2")).toBe("OR");
    expect(marked("metrics.a > 1 AND foo.b > 2")).toBe("foo");
    expect(marked("metrics.a > 1 AND attributes.foo = 'x'")).toBe("foo");
    expect(marked("bar = 'x'")).toBe("bar");
    expect(marked("metrics.a > 'x'")).toBe("'x'");
    expect(marked("params.a = x")).toBe("x");
    expect(marked("params.a >= 'x'")).toBe(">=");
    expect(marked("dataset.colour = 'x'")).toBe("colour");
    expect(marked("run_id IN (1)")).toBe("(1)");
    expect(marked("metrics.a > 1 metrics.b")).toBe("metrics.b");
    expect(marked("metrics.a >")).toBe("metrics.a >");
    expect(marked("metrics.a > 1 LIMIT 5")).toBe("LIMIT 5");
    expect(marked("status IS NULL")).toBe("status IS NULL");
    expect(marked("metrics.a > 1; metrics.b > 2")).toBe("; metrics.b > 2");
    expect(marked("params.a = '💥' AND 💥")).toBe("💥");
    expect(marked("version_number = 1.5", "model-versions")).toBe("1.5");
  });

  it("takes time linear in its length, also when hostile", () => {
    const texts = ["(", "'", '"', "`", "\\'", "a.", "-", "= ", "--", "/* ", "[", "''", "\\", "IS "];
    for (const piece of texts) {
      const text = `params.a ${piece.repeat(1_000_000)}`.slice(0, 999_999);
      expect(() => parseFilter("runs", text)).toThrow(MlflowError);
    }
    const long = Array.from({ length: 1_500 }, (_, i) => `metrics.m${i} > ${i}`).join(" AND ");
    expect(parseFilter("runs", long)).toHaveLength(1_500);
  }, 20_000);

  it("does not search to the end for each comment that never ends", () => {
    const millisecondsFor = (piece: string): number => {
      const text = `params.a ${piece.repeat(300_000)}`;
      const start = performance.now();
      expect(() => parseFilter("runs", text)).toThrow(MlflowError);
      return performance.now() - start;
    };
    // Searching each time takes some five hundred times as long.
    const plain = Math.max(millisecondsFor("+ "), millisecondsFor("+ "), 5);
    expect(millisecondsFor("/* ")).toBeLessThan(plain * 50);
  });

  it("is refused past ten thousand tokens, or a million characters", () => {
    const text = `params.a = '${"x".repeat(10_000_000)}'`;
    expect(() => parseFilter("runs", text)).toThrow("Error on parsing filter");
    expect(() => parseFilter("runs", "a ".repeat(10_001))).toThrow("Error on parsing filter");
  });
});

describe("an order_by clause", () => {
  it("may have white space around it", () => {
    expect(parseOrderByClause("runs", "  metrics.a  DESC ")).toEqual({
      entity: "metric",
      key: "a",
      ascending: false,
    });
  });

  it("points at the word that is wrong", () => {
    const spanOf = (text: string): unknown => {
      try {
        return parseOrderByClause("runs", text);
      } catch (error) {
        const span = (error as MlflowError).span;
        return text.slice(span?.from, span?.to);
      }
    };
    expect(spanOf("metrics.a SIDEWAYS")).toBe("SIDEWAYS");
    expect(spanOf("foo.a DESC")).toBe("foo");
    expect(spanOf("colour DESC")).toBe("colour");
  });
});
