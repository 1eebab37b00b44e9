import { invalidParameter } from "./errors.ts";
import type { MlflowError } from "./errors.ts";
import type { Condition, Entity, SearchKind } from "./filter-ast.ts";
import { trimBackticks, trimQuotes } from "./filter-identifier.ts";
import { SEARCH_DIALECTS } from "./search-dialects.ts";

/** What printing needs to know of a condition; spans are not among it. */
export type PrintableCondition = {
  readonly [T in Condition["type"]]: Pick<
    Extract<Condition, { readonly type: T }>,
    Extract<
      keyof Extract<Condition, { readonly type: T }>,
      "type" | "entity" | "key" | "operator" | "value"
    >
  >;
}[Condition["type"]];

/** SQL's words that the reference does not take as a key without quotes. */
const RESERVED = /(?:^|\.)(?:case|in|values|using|from|as)(?=\.|$)/iu;

/**
 * What may stand between two quotes whatever follows them: other quotes of the kind only in
 * pairs or behind a backslash, no backslash that would swallow the closing one, and no NUL.
 */
const BODIES: Readonly<Record<string, RegExp>> = {
  "`": /^(?:``|[^`\0])*$/u,
  '"': /^(?:""|\\"|[^"\\\0]|\\(?!"|$))*$/u,
  "'": /^(?:''|\\'|[^'\\\0]|\\(?!'|$))*$/u,
};

const ENTITY_WORDS: Readonly<Record<Exclude<Entity, "attribute">, string>> = {
  metric: "metrics",
  param: "params",
  tag: "tags",
  dataset: "dataset",
};

/** How an entity is written before its key: the spelling that the search of that kind takes. */
export function entityWord(kind: SearchKind, entity: Entity): string {
  if (entity !== "attribute") return ENTITY_WORDS[entity];
  return SEARCH_DIALECTS[kind].entities.has("attributes") ? "attributes" : "attribute";
}

/**
 * Writes conditions as a filter that means the same in MLflow too.
 *
 * @throws MlflowError on a key or value that no quotes can hold
 */
export function printFilter(kind: SearchKind, conditions: readonly PrintableCondition[]): string {
  return conditions.map((condition) => printCondition(kind, condition)).join(" AND ");
}

function printCondition(kind: SearchKind, condition: PrintableCondition): string {
  const name = printIdentifier(kind, condition.entity, condition.key);
  switch (condition.type) {
    case "presence":
      return `${name} ${condition.operator}`;
    case "number":
      return `${name} ${condition.operator} ${printNumber(condition.value)}`;
    case "list":
      return `${name} ${condition.operator} (${condition.value.map(quoteItem).join(", ")})`;
    case "text": {
      const value = quoteValue(condition.value);
      if (value !== null) return `${name} ${condition.operator} ${value}`;
      throw unwritable("value", condition.value);
    }
  }
}

/** The grammar has no escapes, so some quotes, backslashes and control characters have no form. */
function unwritable(what: "key" | "value", text: string): MlflowError {
  return invalidParameter(`The ${what} ${JSON.stringify(text)} cannot be written in a filter.`);
}

function printIdentifier(kind: SearchKind, entity: Entity, key: string): string {
  if (entity === "attribute") return key;
  const quoted = quoteKey(key);
  if (quoted !== null) return `${entityWord(kind, entity)}.${quoted}`;
  throw unwritable("key", key);
}

/** A key as it is written after its entity, in backticks where it needs them; null: it cannot be. */
export function quoteKey(key: string): string | null {
  if (/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/u.test(key) && !RESERVED.test(key)) return key;
  if (key === "") return null;
  const quotes = ["`", '"', "'"].filter((quote) => BODIES[quote]?.test(key));
  const written = quotes.map((quote) => quote + key + quote);
  return written.find((text) => trimBackticks(trimQuotes(text)) === key) ?? null;
}

/** A value in quotes; null when no quotes can hold it, since the grammar has no escapes. */
export function quoteValue(value: string): string | null {
  const quote = ["'", '"'].find((candidate) => BODIES[candidate]?.test(value));
  return quote === undefined ? null : quote + value + quote;
}

// Lists are Python literals, which have escapes; these need no quote and no backslash pair,
// which the SQL lexer that runs first would misread.
function quoteItem(value: string): string {
  if (value.includes("\0")) throw unwritable("value", value);
  const body = value.replace(/['"\\\n\r]/gu, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
  return `'${body}'`;
}

function printNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "1e999" : "-1e999";
  // The grammar knows no plus sign in an exponent.
  return String(value).replace("e+", "e");
}
