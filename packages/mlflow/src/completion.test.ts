import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completeFilter } from "./completion.ts";
import type { Completions, KnownKeys } from "./completion.ts";
import type { SearchKind } from "./filter-ast.ts";
import { parseFilter } from "./filter-grammar.ts";

const known: KnownKeys = {
  metrics: ["loss", "val loss", "val/accuracy", "system/gpu_0"],
  params: ["lr", "optimizer", "model.depth"],
  tags: ["mlflow.user", "team"],
  values: { "params.optimizer": ["adam", "sgd", "it's"], "tags.team": ["vision"] },
};

/** `|` marks the cursor. */
function complete(marked: string, kind: SearchKind = "runs"): Completions & { text: string } {
  const cursor = marked.indexOf("|");
  const text = marked.replace("|", "");
  return { text, ...completeFilter({ kind, text, cursor, known }) };
}

function labels(marked: string, kind: SearchKind = "runs"): string[] {
  return complete(marked, kind).options.map((option) => option.label);
}

/** The text after the option of that label was taken. */
function taken(marked: string, label: string, kind: SearchKind = "runs"): string {
  const { text, from, to, options } = complete(marked, kind);
  const option = options.find((candidate) => candidate.label === label);
  return text.slice(0, from) + (option?.insert ?? "?") + text.slice(to);
}

describe("completion", () => {
  it("starts with entities and attributes", () => {
    expect(labels("|").slice(0, 6)).toEqual([
      "metrics.",
      "params.",
      "tags.",
      "attributes.",
      "datasets.",
      "run_id",
    ]);
    expect(labels("st|")).toEqual(["status", "start_time"]);
    expect(labels("metrics.loss > 1 AND pa|")).toEqual(["params."]);
    expect(labels("|", "registered-models")).toEqual(["attribute.", "tags.", "name"]);
    expect(labels("|", "model-versions")).toContain("version_number");
  });

  it("offers the keys of an entity, quoted where they must be", () => {
    expect(labels("metrics.|")).toEqual(known.metrics);
    expect(labels("metric.v|")).toEqual(["val loss", "val/accuracy"]);
    expect(taken("metrics.v|", "val loss")).toBe("metrics.`val loss`");
    expect(taken("metrics.`val l|", "val loss")).toBe("metrics.`val loss`");
    expect(taken("metrics.`val l|oss` > 1", "val loss")).toBe("metrics.`val loss` > 1");
    expect(taken("metrics.lo|ss > 1", "loss")).toBe("metrics.loss > 1");
    expect(taken("params.model.d|", "model.depth")).toBe("params.model.depth");
    expect(labels("tags.`mlflow.|")).toEqual(["mlflow.user"]);
    expect(labels("dataset.|")).toEqual(["name", "digest", "context"]);
    expect(labels("nothing.|")).toEqual([]);
  });

  it("offers the operators that the left side takes", () => {
    expect(labels("metrics.loss |")).toEqual(["=", "!=", ">", ">=", "<", "<="]);
    expect(labels("params.lr |")).toEqual(["=", "!=", "LIKE", "ILIKE", "IS NULL", "IS NOT NULL"]);
    expect(labels("params.lr li|")).toEqual(["LIKE", "ILIKE"]);
    expect(labels("params.lr is not n|")).toEqual(["IS NOT NULL"]);
    expect(taken("params.lr is no|", "IS NOT NULL")).toBe("params.lr IS NOT NULL");
    expect(labels("run_id n|")).toEqual(["NOT IN", "IN"]);
    expect(labels("`Run name` |")).toContain("ILIKE");
    expect(labels("tags.t |", "model-versions")).toEqual(["=", "!=", "LIKE", "ILIKE"]);
    expect(labels("colour |")).toEqual([]);
  });

  it("offers known values in quotes", () => {
    expect(taken("status = |", "FINISHED")).toBe("status = 'FINISHED'");
    expect(taken("status = 'f|", "FINISHED")).toBe("status = 'FINISHED'");
    expect(taken("status='F|INI'", "FINISHED")).toBe("status='FINISHED'");
    expect(labels("params.optimizer = |")).toEqual(["adam", "sgd", "it's"]);
    expect(taken("param.optimizer != |", "it's")).toBe('param.optimizer != "it\'s"');
    expect(taken("dataset.name IN |", "x")).toBe("dataset.name IN ?");
    expect(labels("metrics.loss > |")).toEqual([]);
  });

  it("offers AND behind a finished condition", () => {
    expect(labels("metrics.loss > 0.1 |")).toEqual(["AND"]);
    expect(labels("status = 'FINISHED' a|")).toEqual(["AND"]);
    expect(labels("tags.team is not null |")).toEqual(["AND"]);
    expect(labels("run_id in ('a') |")).toEqual(["AND"]);
    expect(labels("metrics.loss > 0.1|")).toEqual([]);
  });

  it("is not misled by AND inside quotes", () => {
    expect(labels("params.optimizer = 'this AND |")).toEqual([]);
    expect(labels("params.optimizer = 'this AND that' AND tags.|")).toEqual(known.tags);
  });

  it("leads to filters that parse", () => {
    for (const key of known.metrics ?? []) {
      expect(parseFilter("runs", `${taken("metrics.|", key)} > 1`)[0]?.key).toBe(key);
    }
  });

  it("never throws, and replaces a stretch around the cursor", () => {
    const piece = fc.constantFrom("metrics.", "`", "'", '"', " ", "AND", "=", "in", "(", "lo", ",");
    const text = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(text, fc.nat(), (source, at) => {
        const cursor = at % (source.length + 1);
        const { from, to } = completeFilter({ kind: "runs", text: source, cursor, known });
        expect(0 <= from && from <= cursor && cursor <= to && to <= source.length).toBe(true);
      }),
      { numRuns: 1000 },
    );
    const far = completeFilter({ kind: "runs", text: "a ".repeat(1e6), cursor: 1e6, known });
    expect(far.options).toEqual([]);
  });
});
