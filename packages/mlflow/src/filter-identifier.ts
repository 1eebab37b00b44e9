import { invalidParameter } from "./errors.ts";
import type { MlflowError, Span } from "./errors.ts";
import type { Entity } from "./filter-ast.ts";
import { pythonListRepr, pythonRepr, pythonSetRepr, pythonTupleRepr } from "./python-literal.ts";
import { DATASET_KEYS } from "./search-dialects.ts";
import type { SearchDialect } from "./search-dialects.ts";

export interface Identifier {
  readonly entity: Entity;
  readonly key: string;
  /** The key as it was written, which may be an alias. */
  readonly written: string;
}

interface IdentifierSource {
  readonly text: string;
  readonly span: Span;
}

/** Where an identifier is used decides which attributes it may name. */
export type IdentifierUse = "filter" | "order";

/**
 * Reads `entity.key` or a bare attribute: split at the first dot, one pair of quotes or
 * backticks taken off the key.
 *
 * @throws MlflowError on an entity or attribute that the search does not know
 */
export function readIdentifier(
  dialect: SearchDialect,
  source: IdentifierSource,
  use: IdentifierUse,
): Identifier {
  const dot = source.text.indexOf(".");
  const word = dot === -1 ? "attribute" : source.text.slice(0, dot);
  const entity = dot === -1 ? "attribute" : readEntity(dialect, word, source.span);
  const rawKey = source.text.slice(dot + 1);
  const keySource = {
    text: trimBackticks(trimQuotes(rawKey)),
    span: { from: source.span.from + dot + 1, to: source.span.to },
  };
  if (rawKey === "") throw emptyKey(source);
  const key = keySource.text;
  if (entity === "attribute") {
    return { entity, key: readAttribute(dialect, keySource, use), written: key };
  }
  if (entity === "dataset" && !DATASET_KEYS.some((known) => known === key)) {
    throw invalidParameter(
      `Invalid dataset key '${key}' specified. Valid keys are '${pythonSetRepr(DATASET_KEYS)}'`,
      keySource.span,
    );
  }
  return { entity, key, written: key };
}

function readEntity(dialect: SearchDialect, raw: string, whole: Span): Entity {
  const word = trimBackticks(raw);
  const entity = dialect.entities.get(word);
  if (entity !== undefined) return entity;
  const span = { from: whole.from, to: whole.from + raw.length };
  throw invalidParameter(entityFault(dialect, word), span);
}

function entityFault(dialect: SearchDialect, word: string): string {
  if (dialect.kind === "runs") {
    const known = ["metric", "parameter", "tag", "attribute", "dataset"];
    return `Invalid entity type '${word}'. Valid values are ${pythonListRepr(known)}`;
  }
  const known = [...dialect.entities.keys()];
  if (dialect.kind === "logged-models") {
    return `Invalid entity type: ${pythonRepr(word)}. Expected one of ${pythonListRepr(known)}.`;
  }
  const tuple = pythonTupleRepr(known.map(pythonRepr));
  return `Invalid entity type '${word}'. Valid entity types are ${tuple}`;
}

function readAttribute(
  dialect: SearchDialect,
  source: IdentifierSource,
  use: IdentifierUse,
): string {
  const aliases = use === "filter" ? dialect.aliases : dialect.orderAliases;
  const names = use === "filter" ? [...dialect.attributes.keys()] : dialect.orderAttributes;
  const name = aliases.get(source.text) ?? source.text;
  if (names.includes(name)) return name;
  const valid = pythonSetRepr([...names, ...aliases.keys()]);
  throw invalidParameter(
    `Invalid attribute key '${source.text}' specified. Valid keys are '${valid}'`,
    source.span,
  );
}

function emptyKey(source: IdentifierSource): MlflowError {
  return invalidParameter(
    `Invalid identifier ${pythonRepr(source.text)}. Columns should be specified as ` +
      "'attribute.<key>', 'metric.<key>', 'tag.<key>', 'dataset.<key>', or 'param.'.",
    source.span,
  );
}

function isQuotedWith(text: string, quote: string): boolean {
  return text.length >= 2 && text.startsWith(quote) && text.endsWith(quote);
}

/** The text without its backticks, when it stands in a pair of them. */
export function trimBackticks(text: string): string {
  return isQuotedWith(text, "`") ? text.slice(1, -1) : text;
}

/** The text without its single or double quotes, when it stands in a pair of them. */
export function trimQuotes(text: string): string {
  return isQuoted(text) ? text.slice(1, -1) : text;
}

/** Whether the text stands in a pair of single or double quotes. */
export function isQuoted(text: string): boolean {
  return isQuotedWith(text, "'") || isQuotedWith(text, '"');
}
