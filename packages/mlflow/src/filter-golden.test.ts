import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MlflowError } from "./errors.ts";
import type { SearchKind } from "./filter-ast.ts";
import { parseFilter } from "./filter-grammar.ts";
import { parseLoggedModelOrderBy, parseOrderBy } from "./order-by.ts";
import type { LoggedModelOrder } from "./order-by.ts";

/** What the real MLflow made of one text: conditions, a refusal, or a crash (a 500). */
interface Case {
  readonly kind: SearchKind;
  readonly filter?: string;
  readonly order_by?: readonly (string | LoggedModelOrder)[];
  readonly ok?: readonly unknown[];
  readonly error?: readonly [string, string];
  readonly crash?: string;
}

type Answer = { readonly ok: readonly unknown[] } | { readonly error: MlflowError };

const [head, ...cases] = readFileSync(
  new URL("./testing/search-cases.jsonl", import.meta.url),
  "utf8",
)
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Case & { readonly mlflow?: string });

function parse(item: Case): unknown[] {
  if (item.filter !== undefined) {
    return parseFilter(item.kind, item.filter).map((condition) => [
      condition.entity,
      condition.key,
      condition.operator,
      condition.type === "presence" ? null : condition.value,
    ]);
  }
  const orders =
    item.kind === "logged-models"
      ? parseLoggedModelOrderBy((item.order_by ?? []) as readonly LoggedModelOrder[])
      : parseOrderBy(item.kind, (item.order_by ?? []) as readonly string[]);
  return orders.map((order) => [order.entity, order.key, order.ascending]);
}

function answer(item: Case): Answer {
  try {
    return { ok: parse(item) };
  } catch (error) {
    if (error instanceof MlflowError) return { error };
    throw error;
  }
}

function source(item: Case): string {
  return item.filter ?? JSON.stringify(item.order_by);
}

/** Python prints sets in no fixed order, and some of MLflow's messages lack a closing quote. */
function plain(message: string): string {
  return message
    .replaceAll(/'?\{[^}]*\}'?/gu, "{…}")
    .replaceAll(/\s+/gu, " ")
    .toLowerCase();
}

type Outcome =
  | "same"
  | "we accept"
  | "they accept"
  | "different parse"
  | "different message"
  | "they crash, we refuse"
  | "they crash, we accept";

function compare(item: Case, ours: Answer): Outcome {
  if (item.crash !== undefined) {
    return "ok" in ours ? "they crash, we accept" : "they crash, we refuse";
  }
  if (item.ok !== undefined) {
    if ("error" in ours) return "they accept";
    return JSON.stringify(ours.ok) === JSON.stringify(item.ok) ? "same" : "different parse";
  }
  if ("ok" in ours) return "we accept";
  return plain(ours.error.message) === plain(item.error?.[1] ?? "") ? "same" : "different message";
}

interface Deviation {
  readonly why: string;
  readonly outcome: Outcome;
  readonly kinds?: readonly SearchKind[];
  readonly source: RegExp;
}

const RECORDS = ["experiments", "registered-models", "model-versions"] as const;

/** Every place where we mean to differ; a difference that is not listed fails. */
const DEVIATIONS: readonly Deviation[] = [
  { why: "white space is an empty filter", outcome: "we accept", source: /^\s+$/u },
  {
    why: "any spaces may stand between NOT and NULL",
    outcome: "we accept",
    source: /Not {2}Null/u,
  },
  {
    why: "word operators have no case in any search",
    outcome: "we accept",
    kinds: ["experiments"],
    source: / i?like /iu,
  },
  {
    why: "an integer past 64 bits compares like any other",
    outcome: "we accept",
    source: /9{20}/u,
  },
  {
    why: "backticks and quotes work around every name",
    outcome: "we accept",
    kinds: RECORDS,
    source: /[`"](?:attribute|tags|name|version_number)[`"]/u,
  },
  {
    why: "and so the fault found is the next one",
    outcome: "different message",
    kinds: RECORDS,
    source: /[`"](?:attribute|tags|name|version_number)[`"]/u,
  },
  {
    why: "both names of each time, with and without prefix",
    outcome: "we accept",
    kinds: ["logged-models"],
    source: /^last_updated_time >|^attributes\.creation_time/u,
  },
  {
    why: "SQL's reserved words are words like any other",
    outcome: "we accept",
    kinds: ["logged-models"],
    source: /= (?:true|None)$/u,
  },
  {
    why: "the same, where a word is wrong for another reason",
    outcome: "different message",
    source: /= (?:true|None)$|^(?:version|source) [=>]|^\["(?:version|timestamp foo)"\]$/u,
  },
  {
    why: "models can be ordered by when they were made, and fields take a prefix",
    outcome: "we accept",
    kinds: ["registered-models"],
    source: /^\["(?:attribute\.name|creation_timestamp)(?: DESC)?"\]$/u,
  },
  {
    why: "comments and SQL that is not in the grammar are cut up differently",
    outcome: "different message",
    kinds: ["runs"],
    source: /^SELECT|\/\* note \*\/ >|:=|ORDER BY|^WHERE/u,
  },
  {
    why: "an empty key matches nothing: say so",
    outcome: "different message",
    source: /^metrics\. /u,
  },
  { why: "an empty key matches nothing: say so", outcome: "they accept", source: /metrics\.[ "]/u },
  { why: "casts are no part of a key", outcome: "they accept", source: /::/u },
  { why: "parentheses inside a list are refused", outcome: "they accept", source: /\(\('a'\)/u },
  {
    why: "NaN, infinity, digit groups, lists without text: refused as in the other searches",
    outcome: "they accept",
    kinds: ["logged-models"],
    source: /= (?:nan|inf|1_000|\(1\)|NULL)$|IN (?:\( ?\)|\(1, 2\)|\('a', 1\))$/u,
  },
  {
    why: "only documented attributes",
    outcome: "they accept",
    kinds: ["logged-models"],
    source: /^experiment_id/u,
  },
  {
    why: "a clear answer instead of an error from inside",
    outcome: "different message",
    kinds: ["logged-models"],
    source:
      /^(?:last_updated_time|experiment_id|foo|Metrics\.m|creation_time) |IS (?:NOT )?NULL$|IN \(/u,
  },
  {
    why: "double quotes are quotes",
    outcome: "different parse",
    kinds: ["logged-models"],
    source: /= ".*"$/u,
  },
  {
    why: "a quoted number is a number",
    outcome: "different parse",
    kinds: ["model-versions"],
    source: /= '1'$/u,
  },
  {
    why: "aliases are resolved",
    outcome: "different parse",
    source: /^\["timestamp(?: DESC)?"\]$|"creation_time"/u,
  },
];

function isMeant(item: Case, outcome: Outcome): boolean {
  return DEVIATIONS.some(
    (deviation) =>
      deviation.outcome === outcome &&
      (deviation.kinds === undefined || deviation.kinds.includes(item.kind)) &&
      deviation.source.test(source(item)),
  );
}

const compared = cases.map((item) => {
  const ours = answer(item);
  return { item, ours, outcome: compare(item, ours) };
});

describe(`texts that MLflow ${head?.mlflow} was asked about`, () => {
  it("are many, and most of them mean exactly the same here", () => {
    const same = compared.filter(({ outcome }) => outcome === "same");
    expect(cases.length).toBeGreaterThan(2500);
    expect(same.length / compared.length).toBeGreaterThan(0.9);
  });

  it("differ only where we mean to", () => {
    const unmeant = compared
      .filter(({ outcome }) => outcome !== "same" && outcome !== "they crash, we refuse")
      .filter(({ item, outcome }) => !isMeant(item, outcome))
      .map(({ item, ours, outcome }) => ({
        outcome,
        text: `${item.kind}: ${source(item)}`,
        theirs: item.ok ?? item.error?.[1] ?? item.crash,
        ours: "ok" in ours ? ours.ok : ours.error.message,
      }));
    expect(unmeant).toEqual([]);
  });

  it("each listed deviation still occurs", () => {
    const idle = DEVIATIONS.filter(
      (deviation) =>
        !compared.some(
          ({ item, outcome }) =>
            outcome === deviation.outcome &&
            (deviation.kinds === undefined || deviation.kinds.includes(item.kind)) &&
            deviation.source.test(source(item)),
        ),
    );
    expect(idle.map((deviation) => deviation.why)).toEqual([]);
  });

  it("are never answered with a server error", () => {
    const codes = compared.flatMap(({ ours }) => ("error" in ours ? [ours.error.code] : []));
    expect([...new Set(codes)]).toEqual(["INVALID_PARAMETER_VALUE"]);
  });

  it("each fault has a span inside its text", () => {
    const spanless = compared.filter(({ item, ours }) => {
      if (!("error" in ours) || item.filter === undefined) return false;
      const { from, to } = ours.error.span ?? { from: 0, to: 0 };
      return !(0 <= from && from < to && to <= item.filter.length);
    });
    expect(spanless.map(({ item }) => source(item))).toEqual([]);
  });
});
