import { invalidParameter } from "./errors.ts";
import type { MlflowError, Span } from "./errors.ts";
import type { OrderBy, SearchKind } from "./filter-ast.ts";
import { groupFilter } from "./filter-groups.ts";
import type { Node } from "./filter-groups.ts";
import { readIdentifier } from "./filter-identifier.ts";
import { tokenize } from "./filter-tokens.ts";
import { spanOf } from "./filter-values.ts";
import { pythonListRepr, pythonSetRepr } from "./python-literal.ts";
import { SEARCH_DIALECTS } from "./search-dialects.ts";
import type { SearchDialect } from "./search-dialects.ts";

/** An order_by item of a logged-model search, which is an object where others are text. */
export interface LoggedModelOrder {
  readonly field_name?: string | undefined;
  readonly ascending?: boolean | undefined;
  readonly dataset_name?: string | undefined;
  readonly dataset_digest?: string | undefined;
}

export interface LoggedModelOrderBy extends OrderBy {
  readonly datasetName?: string;
  readonly datasetDigest?: string;
}

/**
 * Parses the order_by list of a search: `identifier [ASC|DESC]` each, ascending unless said.
 *
 * @throws MlflowError on an unknown field, another direction, or a field named twice
 */
export function parseOrderBy(kind: SearchKind, clauses: readonly string[]): OrderBy[] {
  const seen = new Set<string>();
  return clauses.map((clause) => {
    const order = parseOrderByClause(kind, clause);
    const name = `${order.entity}.${order.key}`;
    // Experiments alone may name a field twice; the second one orders nothing.
    if (seen.has(name) && kind !== "experiments") {
      throw invalidParameter(`\`order_by\` contains duplicate fields: ${pythonListRepr(clauses)}`, {
        from: 0,
        to: clause.length,
      });
    }
    seen.add(name);
    return order;
  });
}

/**
 * Parses one order_by clause.
 *
 * @throws MlflowError as parseOrderBy does, with the span of the fault in the clause
 */
export function parseOrderByClause(kind: SearchKind, clause: string): OrderBy {
  const dialect = SEARCH_DIALECTS[kind];
  const tokens = tokenize(clause);
  const node = groupFilter(tokens, clause)[0];
  const whole = node?.from === tokens[0]?.from && node?.to === tokens.at(-1)?.to;
  if (node?.kind !== "identifier" || !whole) throw unreadable(clause);
  const [field, direction] = node.pair ?? [node];
  if (field.pair !== undefined) throw unreadable(clause);
  const ascending = direction === undefined || readDirection(direction, clause);
  const source = { text: field.text, span: spanOf(field) };
  return { ...readField(dialect, source), ascending };
}

function unreadable(clause: string): MlflowError {
  return invalidParameter(`Invalid order_by clause '${clause}'. Could not be parsed.`, {
    from: 0,
    to: clause.length,
  });
}

function readDirection(word: Node, clause: string): boolean {
  if (/\s/u.test(word.text)) throw unreadable(clause);
  if (word.kind !== "order") {
    throw invalidParameter(`Invalid ordering key in order_by clause '${clause}'.`, spanOf(word));
  }
  return word.text.toUpperCase() === "ASC";
}

function readField(
  dialect: SearchDialect,
  source: { readonly text: string; readonly span: Span },
): Omit<OrderBy, "ascending"> {
  if (dialect.kind === "registered-models" && !isOrderAttribute(dialect, source.text)) {
    throw unknownKey(dialect, source.text, source.span);
  }
  const { entity, key } = readIdentifier(dialect, source, "order");
  if (entity === "attribute" || dialect.orderEntities.includes(entity)) return { entity, key };
  if (dialect.kind === "model-versions") throw unknownKey(dialect, key, source.span);
  const message =
    dialect.kind === "runs"
      ? `Invalid identifier type '${entity}'`
      : `Invalid order_by entity: ${entity}`;
  throw invalidParameter(message, source.span);
}

function unknownKey(dialect: SearchDialect, key: string, span: Span): MlflowError {
  const known = pythonSetRepr([...dialect.orderAttributes, ...dialect.orderAliases.keys()]);
  return invalidParameter(
    `Invalid order by key '${key}' specified. Valid keys are '${known}'`,
    span,
  );
}

function isOrderAttribute(dialect: SearchDialect, text: string): boolean {
  const name = text.replace(/^attribute\./u, "").replace(/^(["'`])(.*)\1$/u, "$2");
  return dialect.orderAttributes.includes(name) || dialect.orderAliases.has(name);
}

/**
 * Checks the order_by list of a logged-model search: attributes, or `metrics.<key>`, optionally
 * as measured on one dataset.
 *
 * @throws MlflowError on an absent or unknown field
 */
export function parseLoggedModelOrderBy(items: readonly LoggedModelOrder[]): LoggedModelOrderBy[] {
  return items.map((item) => {
    if (item.field_name === undefined || item.field_name === "") {
      throw invalidParameter("`field_name` in the `order_by` clause must be specified.");
    }
    return {
      ...readModelField(item.field_name),
      ascending: item.ascending ?? true,
      ...(item.dataset_name ? { datasetName: item.dataset_name } : {}),
      ...(item.dataset_digest ? { datasetDigest: item.dataset_digest } : {}),
    };
  });
}

function readModelField(name: string): Omit<OrderBy, "ascending"> {
  const dot = name.indexOf(".");
  if (dot !== -1) {
    if (name.slice(0, dot) !== "metrics") {
      throw invalidParameter(`Invalid order by field name: ${name}. Only metrics are supported.`);
    }
    return { entity: "metric", key: name.slice(dot + 1) };
  }
  const dialect = SEARCH_DIALECTS["logged-models"];
  const key = dialect.orderAliases.get(name) ?? name;
  if (!dialect.orderAttributes.includes(key)) {
    throw invalidParameter(`Invalid order by field name: ${name}`);
  }
  return { entity: "attribute", key };
}
