import { invalidParameter } from "./errors.ts";
import type { MlflowError, Span } from "./errors.ts";
import type { Node } from "./filter-groups.ts";
import { isQuoted, trimQuotes } from "./filter-identifier.ts";
import type { Identifier } from "./filter-identifier.ts";
import {
  pythonFloatRepr,
  pythonListRepr,
  pythonRepr,
  pythonSetRepr,
  pythonTupleRepr,
  readPythonList,
} from "./python-literal.ts";
import { takesList, valueTypeOf } from "./search-dialects.ts";
import type { SearchDialect } from "./search-dialects.ts";

const WHOLE_NUMBER = /^[+-]?\d+$/u;
const LOOSE_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;

export type FilterValue =
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "text"; readonly value: string }
  | { readonly type: "list"; readonly value: readonly string[] };

/**
 * Reads the right side of a comparison as what its left side is compared with.
 *
 * @throws MlflowError when it is of another type, unquoted, or an ill-formed list
 */
export function readValue(dialect: SearchDialect, target: Identifier, node: Node): FilterValue {
  if (valueTypeOf(dialect, target.entity, target.key) === "number") {
    return readNumber(dialect, target, node);
  }
  if (dialect.kind === "logged-models") return readLooseText(node);
  if (node.kind === "string" || node.kind === "identifier") return readText(node);
  if (
    node.kind === "parenthesis" &&
    (target.entity === "attribute" || target.entity === "dataset")
  ) {
    if (!takesList(dialect, target.entity, target.key)) {
      const known = pythonListRepr([...dialect.listAttributes].sort());
      throw invalidParameter(
        `Only ${known} attributes support comparison with a list of quoted string values.`,
        spanOf(node),
      );
    }
    return readList(node);
  }
  throw invalidParameter(textFault(dialect, target, node), spanOf(node));
}

function readNumber(dialect: SearchDialect, target: Identifier, node: Node): FilterValue {
  const text = numberText(dialect, node);
  if (text === undefined) throw invalidParameter(numberFault(dialect, target, node), spanOf(node));
  // Adding zero turns -0 into 0: the database has no negative zero to compare with.
  const value = Number(text) + 0;
  if (dialect.integersOnly && node.kind === "float") {
    const shown = pythonFloatRepr(value);
    throw wrongNumber(target, dialect.kind === "experiments" ? `'${shown}'` : shown, node);
  }
  return { type: "number", value };
}

function numberText(dialect: SearchDialect, node: Node): string | undefined {
  if (node.kind === "integer" || node.kind === "float") return node.text;
  if (dialect.kind === "logged-models" && LOOSE_NUMBER.test(node.text)) return node.text;
  const quotable = dialect.kind === "model-versions" && node.kind !== "parenthesis";
  if (!quotable || !isQuoted(node.text)) return undefined;
  const inner = trimQuotes(node.text).trim();
  if (WHOLE_NUMBER.test(inner)) return inner;
  throw wrongNumber(undefined, pythonRepr(trimQuotes(node.text)), node);
}

function wrongNumber(target: Identifier | undefined, shown: string, node: Node): MlflowError {
  const key = target?.key ?? "version_number";
  return invalidParameter(`Invalid value for numeric attribute '${key}': ${shown}`, spanOf(node));
}

function numberFault(dialect: SearchDialect, target: Identifier, node: Node): string {
  if (target.entity === "metric")
    return `Expected numeric value type for metric. Found ${node.text}`;
  if (dialect.kind === "model-versions") {
    if (node.kind === "identifier") return unquotedFault(node);
    if (node.kind !== "parenthesis") return textFault(dialect, target, node);
    const known = pythonListRepr([...dialect.listAttributes].sort());
    return `Only ${known} attributes support comparison with a list of quoted string values.`;
  }
  return `Expected numeric value type for numeric attribute: ${target.written}. Found ${node.text}`;
}

function readText(node: Node): FilterValue {
  if (isQuoted(node.text)) return { type: "text", value: trimQuotes(node.text) };
  throw invalidParameter(unquotedFault(node), spanOf(node));
}

function unquotedFault(node: Node): string {
  return (
    "Parameter value is either not quoted or unidentified quote types used for string value " +
    `${node.text}. Use either single or double quotes.`
  );
}

/** Searches of logged models take words and numbers for text without quotes. */
function readLooseText(node: Node): FilterValue {
  if (node.kind === "parenthesis") return readList(node);
  return { type: "text", value: trimQuotes(node.text) };
}

function textFault(dialect: SearchDialect, target: Identifier, node: Node): string {
  const { entity } = target;
  if (entity === "param" || entity === "tag") {
    const word = entity === "param" ? "parameter" : "tag";
    return `Expected a quoted string value for ${word} (e.g. 'my-value'). Got value ${node.text}`;
  }
  if (entity === "dataset") {
    return `Expected a quoted string value for dataset attributes. Got value ${node.text}`;
  }
  if (dialect.kind === "model-versions" && (node.kind === "integer" || node.kind === "float")) {
    const numeric = [...dialect.attributes].filter(([, type]) => type === "number");
    const known = pythonSetRepr(numeric.map(([name]) => name));
    return `Only the '${known}' attributes support comparison with numeric values.`;
  }
  if (dialect.kind === "registered-models" || dialect.kind === "model-versions") {
    return (
      "Expected a quoted string value or a list of quoted string values for attributes. " +
      `Got value ${node.text}`
    );
  }
  return `Expected a quoted string value for attributes. Got value ${node.text}`;
}

function readList(node: Node): FilterValue {
  const items = readPythonList(node.text);
  const start = "While parsing a list in the query, expected";
  if (items === undefined) {
    const message = `${start} a non-empty list of string values, but got ill-formed list.`;
    throw invalidParameter(message, spanOf(node));
  }
  if (items.length === 0) {
    const message = `${start} a non-empty list of string values, but got empty list`;
    throw invalidParameter(message, spanOf(node));
  }
  const strings = items.flatMap((item) => (item.type === "string" ? [item.value] : []));
  if (strings.length < items.length) {
    const shown = items.map((i) => (i.type === "string" ? pythonRepr(i.value) : i.source));
    throw invalidParameter(
      `${start} string value, punctuation, or whitespace, but got different type in list: ` +
        pythonTupleRepr(shown),
      spanOf(node),
    );
  }
  return { type: "list", value: strings };
}

/**
 * Experiments are numbered: an id that is no whole number is an error and not merely absent.
 *
 * @throws MlflowError naming the id
 */
export function checkExperimentIds(value: FilterValue, node: Node): void {
  const ids = value.type === "list" ? value.value : [String(value.value)];
  const wrong = ids.find((id) => !WHOLE_NUMBER.test(id.trim()));
  if (wrong === undefined) return;
  const message = `Invalid experiment ID '${wrong}'. Experiment ID must be a valid integer.`;
  throw invalidParameter(message, spanOf(node));
}

/** Where a node stands. */
export function spanOf(node: Node): Span {
  return { from: node.from, to: node.to };
}
