import { invalidParameter } from "./errors.ts";
import type { MlflowError } from "./errors.ts";
import type { Condition, FilterOperator, PresenceOperator, SearchKind } from "./filter-ast.ts";
import { groupFilter } from "./filter-groups.ts";
import type { Node } from "./filter-groups.ts";
import { readIdentifier } from "./filter-identifier.ts";
import type { Identifier } from "./filter-identifier.ts";
import { operatorFault, readOperator } from "./filter-operators.ts";
import { tokenize } from "./filter-tokens.ts";
import { checkExperimentIds, readValue, spanOf } from "./filter-values.ts";
import type { FilterValue } from "./filter-values.ts";
import { pythonRepr } from "./python-literal.ts";
import { PRESENCE_OPERATORS, SEARCH_DIALECTS } from "./search-dialects.ts";
import type { SearchDialect } from "./search-dialects.ts";

/**
 * Parses a search filter (`metrics.loss < 0.1 AND params.lr = '0.01'`) of the given kind of
 * search. An empty filter has no conditions.
 *
 * @throws MlflowError (INVALID_PARAMETER_VALUE) in MLflow's words, with the span of the fault
 */
export function parseFilter(kind: SearchKind, source: string): Condition[] {
  const dialect = SEARCH_DIALECTS[kind];
  const tokens = tokenize(source);
  const end = tokens.findIndex((token) => token.kind === "punctuation" && token.text === ";");
  const extra = tokens[end + 1];
  if (end !== -1 && extra !== undefined) {
    throw invalidParameter(severalStatements(kind, source), {
      from: tokens[end]?.from ?? 0,
      to: source.length,
    });
  }
  const nodes = groupFilter(tokens, source);
  checkClauses(dialect, nodes, source);
  return nodes.flatMap((node) => (node.parts === undefined ? [] : [readCondition(dialect, node)]));
}

function severalStatements(kind: SearchKind, source: string): string {
  const shown = pythonRepr(source);
  return kind === "logged-models"
    ? `Invalid filter string: ${shown}. Expected a single SQL expression.`
    : `Search filter contained multiple expression ${shown}. Provide AND-ed expression list.`;
}

/** Everything outside the comparisons must be AND. */
function checkClauses(dialect: SearchDialect, nodes: readonly Node[], source: string): void {
  const isStray = (node: Node): boolean =>
    node.parts === undefined && !(node.kind === "keyword" && node.text === "AND");
  const start = nodes.findIndex(isStray);
  const first = nodes[start];
  if (first === undefined) return;
  const length = nodes.slice(start).findIndex((node) => !isStray(node));
  const last = (length === -1 ? nodes.at(-1) : nodes[start + length - 1]) ?? first;
  // After a whole comparison the fault is what follows it: AND is missing, or too much is there.
  const [before, after] = first.pair ?? [];
  const span =
    before?.parts !== undefined && after !== undefined
      ? spanOf(after)
      : { from: first.from, to: last.to };
  const strays = nodes.filter(isStray).map((node) => source.slice(node.from, node.to));
  throw invalidParameter(strayMessage(dialect.kind, strays, source), span);
}

function strayMessage(kind: SearchKind, strays: readonly string[], source: string): string {
  if (kind === "logged-models") {
    return (
      `Invalid filter string: ${pythonRepr(source)}. Expected a list of comparisons separated ` +
      "by 'AND' (e.g. 'metrics.loss > 0.1 AND params.lr = 0.01')."
    );
  }
  const shown = kind === "runs" ? strays.map((stray) => `'${stray}'`) : strays;
  return `Invalid clause(s) in filter string: ${shown.join(", ")}`;
}

function readCondition(dialect: SearchDialect, node: Node): Condition {
  const [left, comparator, right] = node.parts as readonly [Node, Node, Node?];
  if (left.kind !== "identifier") {
    const message = `Invalid comparison clause. Expected 'Identifier' found '${left.text}'`;
    throw invalidParameter(message, spanOf(left));
  }
  const target = readIdentifier(dialect, { text: left.text, span: spanOf(left) }, "filter");
  const base = {
    entity: target.entity,
    key: target.key,
    span: spanOf(node),
    identifierSpan: spanOf(left),
    operatorSpan: spanOf(comparator),
  };
  if (right === undefined) {
    return { ...base, type: "presence", operator: readPresence(dialect, target, node) };
  }
  const value = readValueOrOperatorFault(dialect, target, [comparator, right]);
  const operator = readOperator(dialect, target, comparator);
  if (dialect.kind === "experiments" && target.key === "experiment_id") {
    checkExperimentIds(value, right);
  }
  const condition = { ...base, operator, ...value, valueSpan: spanOf(right) };
  if (!agrees(operator, value)) throw listFault(value, right);
  return condition as Condition;
}

/** With both sides wrong the logged-model search names the operator, the others the value. */
function readValueOrOperatorFault(
  dialect: SearchDialect,
  target: Identifier,
  [comparator, right]: readonly [Node, Node],
): FilterValue {
  if (dialect.kind === "logged-models") readOperator(dialect, target, comparator);
  return readValue(dialect, target, right);
}

function agrees(operator: FilterOperator, value: FilterValue): boolean {
  const wantsList = operator === "IN" || operator === "NOT IN";
  return wantsList === (value.type === "list");
}

function listFault(value: FilterValue, right: Node): MlflowError {
  const message =
    value.type === "list"
      ? `Expected a quoted string value for attributes. Got value ${right.text}`
      : `Expected a list of quoted string values. Got value ${right.text}`;
  return invalidParameter(message, spanOf(right));
}

function readPresence(dialect: SearchDialect, target: Identifier, node: Node): PresenceOperator {
  const comparator = node.parts?.[1] as Node;
  const operator = PRESENCE_OPERATORS.find((known) => known === comparator.text);
  if (operator !== undefined && dialect.presence.includes(target.entity)) return operator;
  const only = "IS NULL / IS NOT NULL is only supported for";
  if (dialect.kind === "runs") {
    const message = `${only} tags and params, not for '${target.entity}' '${target.key}'`;
    throw invalidParameter(message, spanOf(node));
  }
  if (dialect.kind === "experiments") {
    throw invalidParameter(`${only} tags, not for attribute '${target.key}'`, spanOf(node));
  }
  throw operatorFault(dialect, target, comparator);
}
