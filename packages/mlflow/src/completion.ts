import { entityWord, quoteKey, quoteValue } from "./filter-print.ts";
import type { Entity, SearchKind } from "./filter-ast.ts";
import { trimBackticks, trimQuotes } from "./filter-identifier.ts";
import { tokenize } from "./filter-tokens.ts";
import { DATASET_KEYS, SEARCH_DIALECTS, operatorsFor, valueTypeOf } from "./search-dialects.ts";
import type { SearchDialect } from "./search-dialects.ts";

/** The keys that exist, and the values known of some, under `params.lr` or `status`. */
export interface KnownKeys {
  readonly metrics?: readonly string[];
  readonly params?: readonly string[];
  readonly tags?: readonly string[];
  readonly values?: Readonly<Record<string, readonly string[]>>;
}

export type CompletionKind = "entity" | "attribute" | "key" | "operator" | "value" | "conjunction";

export interface Completion {
  readonly kind: CompletionKind;
  /** What to show. */
  readonly label: string;
  /** What replaces the text between `from` and `to`. */
  readonly insert: string;
}

export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
}

export interface CompletionRequest {
  readonly kind: SearchKind;
  readonly text: string;
  /** UTF-16 offset in the text. */
  readonly cursor: number;
  readonly known: KnownKeys;
}

const MAX_OPTIONS = 100;
/** Nobody types further than this; it keeps the tokenizer within its own bound. */
const MAX_CURSOR = 10_000;
const RUN_STATUSES = ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"];

const WORD = "[\\p{L}\\p{N}_]";
const ENTITY = `(?:\`[^\`]*\`|${WORD}+)`;
const QUOTED = "`[^`]*`|\"[^\"]*\"|'[^']*'";
const IDENTIFIER = `(?:${ENTITY}\\.(?:${QUOTED}|${WORD}(?:${WORD}|\\.)*)|\`[^\`]*\`|"[^"]*"|${WORD}+)`;
const OPERATOR = `(?:[<>=!~]+|(?:not\\s+)?(?:i?like|in)(?!${WORD})|is\\s+(?:not\\s+)?null(?!${WORD}))`;
const NAMING = new RegExp(`^(?:(${ENTITY})\\.)?(\`[^\`]*|"[^"]*|'[^']*|[^\\s<>=!~\`"'()]*)$`, "u");
const OPERATING = new RegExp(
  `^(${IDENTIFIER})\\s+((?:not|is|is\\s+not)\\s+${WORD}*|${WORD}*)$`,
  "iu",
);
const VALUING = new RegExp(`^(${IDENTIFIER})\\s*(${OPERATOR})\\s*([^]*)$`, "iu");
const FINISHED = /^(?:'[^']*'|"[^"]*"|\([^)]*\)|-?[\d.]+(?:[eE]-?\d+)?)\s+([\p{L}]*)$/u;
const PRESENT = new RegExp(`^${IDENTIFIER}\\s+is\\s+(?:not\\s+)?null\\s+([\\p{L}]*)$`, "iu");

/** What could stand at the cursor, the best first, and the stretch of text that it replaces. */
export function completeFilter(request: CompletionRequest): Completions {
  const { text, cursor } = request;
  const nothing = { from: cursor, to: cursor, options: [] };
  if (cursor > MAX_CURSOR || text.includes("\0")) return nothing;
  const clause = text.slice(clauseStart(text, cursor), cursor);
  return (
    completeConjunction(request, clause) ??
    completeValue(request, clause) ??
    completeOperator(request, clause) ??
    completeName(request, clause) ??
    nothing
  );
}

/** The offset behind the last AND that is not inside quotes, or 0. */
function clauseStart(text: string, cursor: number): number {
  let start = 0;
  for (const token of tokenize(text.slice(0, cursor))) {
    // An opening quote without its end: everything up to the cursor is inside it.
    if (token.kind === "other" && /^['"`]$/u.test(token.text)) break;
    if (token.kind === "keyword" && token.text === "AND" && token.to < cursor) start = token.to;
  }
  return start + (/^\s*/u.exec(text.slice(start, cursor))?.[0].length ?? 0);
}

function completeConjunction(request: CompletionRequest, clause: string): Completions | undefined {
  const value = VALUING.exec(clause)?.[3];
  const fragment = PRESENT.exec(clause)?.[1] ?? FINISHED.exec(value ?? "")?.[1];
  if (fragment === undefined) return undefined;
  const option = { kind: "conjunction", label: "AND", insert: "AND" } as const;
  return choose(request, { fragment, options: [option] });
}

function completeValue(request: CompletionRequest, clause: string): Completions | undefined {
  const [, identifier, operator, fragment] = VALUING.exec(clause) ?? [];
  if (identifier === undefined || operator === undefined || fragment === undefined)
    return undefined;
  if (/^is/iu.test(operator)) return undefined;
  const dialect = SEARCH_DIALECTS[request.kind];
  const target = readTarget(dialect, identifier);
  if (target === undefined || valueTypeOf(dialect, target.entity, target.key) === "number") {
    return { from: request.cursor, to: request.cursor, options: [] };
  }
  const listed = /in$/iu.test(operator);
  const piece = listed ? (/[^(,]*$/u.exec(fragment)?.[0].trimStart() ?? "") : fragment;
  const options = knownValues(request, target).flatMap((value): Completion[] => {
    const quoted = quoteValue(value);
    if (quoted === null) return [];
    const insert = listed && !fragment.includes("(") ? `(${quoted})` : quoted;
    return [{ kind: "value", label: value, insert }];
  });
  return choose(request, { fragment: piece, options });
}

function completeOperator(request: CompletionRequest, clause: string): Completions | undefined {
  const [, identifier, fragment] = OPERATING.exec(clause) ?? [];
  if (identifier === undefined || fragment === undefined) return undefined;
  const dialect = SEARCH_DIALECTS[request.kind];
  const target = readTarget(dialect, identifier);
  if (target === undefined) return undefined;
  const options = operatorsFor(dialect, target.entity, target.key).map((operator): Completion => {
    return { kind: "operator", label: operator, insert: operator };
  });
  return choose(request, { fragment, options });
}

function completeName(request: CompletionRequest, clause: string): Completions | undefined {
  const [, word, fragment] = NAMING.exec(clause) ?? [];
  if (fragment === undefined) return undefined;
  const dialect = SEARCH_DIALECTS[request.kind];
  if (word === undefined) return choose(request, { fragment, options: namesOf(dialect) });
  const entity = dialect.entities.get(trimBackticks(word));
  if (entity === undefined) return undefined;
  return choose(request, { fragment, options: keysOf(request, entity) });
}

function namesOf(dialect: SearchDialect): Completion[] {
  const entities = dialect.preferredWords.map((word): Completion => {
    return { kind: "entity", label: `${word}.`, insert: `${word}.` };
  });
  const attributes = [...dialect.attributes.keys()].map((key): Completion => {
    return { kind: "attribute", label: key, insert: key };
  });
  return [...entities, ...attributes];
}

function keysOf(request: CompletionRequest, entity: Entity): Completion[] {
  const known: Readonly<Record<Entity, readonly string[]>> = {
    metric: request.known.metrics ?? [],
    param: request.known.params ?? [],
    tag: request.known.tags ?? [],
    dataset: DATASET_KEYS,
    attribute: [...SEARCH_DIALECTS[request.kind].attributes.keys()],
  };
  const kind = entity === "attribute" ? "attribute" : "key";
  return known[entity].flatMap((key): Completion[] => {
    const insert = quoteKey(key);
    return insert === null ? [] : [{ kind, label: key, insert }];
  });
}

interface Target {
  readonly entity: Entity;
  readonly key: string;
}

function readTarget(dialect: SearchDialect, identifier: string): Target | undefined {
  const dot = identifier.indexOf(".");
  const word = dot === -1 ? "attribute" : trimBackticks(identifier.slice(0, dot));
  const entity = dot === -1 ? "attribute" : dialect.entities.get(word);
  if (entity === undefined) return undefined;
  const key = trimBackticks(trimQuotes(identifier.slice(dot + 1)));
  if (entity !== "attribute") return { entity, key };
  const name = dialect.aliases.get(key) ?? key;
  return dialect.attributes.has(name) ? { entity, key: name } : undefined;
}

function knownValues(request: CompletionRequest, target: Target): readonly string[] {
  const attribute = target.entity === "attribute";
  const name = attribute ? target.key : `${entityWord(request.kind, target.entity)}.${target.key}`;
  const values = request.known.values?.[name];
  if (values !== undefined) return values;
  return request.kind === "runs" && name === "status" ? RUN_STATUSES : [];
}

/** Those options that the fragment before the cursor leads to, prefixes before the rest. */
function choose(
  request: CompletionRequest,
  { fragment, options }: { readonly fragment: string; readonly options: readonly Completion[] },
): Completions {
  const { text, cursor } = request;
  const quote = /^[`"']/u.exec(fragment)?.[0] ?? "";
  const wanted = fragment.slice(quote.length).toLowerCase().replaceAll(/\s+/gu, " ");
  const rank = (option: Completion): number => option.label.toLowerCase().indexOf(wanted);
  const first = options.filter((option) => rank(option) === 0);
  const rest = options.filter((option) => rank(option) > 0);
  return {
    from: cursor - fragment.length,
    to: cursor + restOfWord(text.slice(cursor), quote),
    options: [...first, ...rest].slice(0, MAX_OPTIONS),
  };
}

/** How much of the text after the cursor belongs to what is being completed. */
function restOfWord(after: string, quote: string): number {
  if (quote === "") return /^[\p{L}\p{N}_]*/u.exec(after)?.[0].length ?? 0;
  const end = after.indexOf(quote);
  return end === -1 || /^[^]*?\sAND\s/iu.test(after.slice(0, end)) ? 0 : end + 1;
}
