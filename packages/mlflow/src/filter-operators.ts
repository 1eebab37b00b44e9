import { invalidParameter } from "./errors.ts";
import type { MlflowError } from "./errors.ts";
import type { FilterOperator } from "./filter-ast.ts";
import type { Node } from "./filter-groups.ts";
import type { Identifier } from "./filter-identifier.ts";
import { spanOf } from "./filter-values.ts";
import { pythonRepr, pythonSetRepr, pythonTupleRepr } from "./python-literal.ts";
import { operatorsFor, valueTypeOf } from "./search-dialects.ts";
import type { SearchDialect } from "./search-dialects.ts";

/** The order in which searches of logged models list the numeric operators. */
const LOGGED_NUMERIC = ["<", "<=", ">", ">=", "=", "!="];

/**
 * The operator of a comparison, checked against what its left side takes.
 *
 * @throws MlflowError naming the operator and, for runs, those that would be right
 */
export function readOperator(
  dialect: SearchDialect,
  target: Identifier,
  node: Node,
): FilterOperator {
  const operators = operatorsFor(dialect, target.entity, target.key);
  const operator = operators.find((known) => known === node.text);
  if (operator === undefined) throw operatorFault(dialect, target, node);
  // The identifier of an experiment is a name made of digits: it has no order and no parts.
  if (
    dialect.kind === "experiments" &&
    target.key === "experiment_id" &&
    operator.endsWith("LIKE")
  ) {
    throw invalidParameter(`Invalid comparator for experiment_id: ${operator}`, spanOf(node));
  }
  return operator;
}

/** The error for an operator that the left side does not take. */
export function operatorFault(dialect: SearchDialect, target: Identifier, node: Node): MlflowError {
  return invalidParameter(operatorMessage(dialect, target, node.text), spanOf(node));
}

function operatorMessage(dialect: SearchDialect, target: Identifier, operator: string): string {
  const known = operatorsFor(dialect, target.entity, target.key);
  switch (dialect.kind) {
    case "runs":
      return `Invalid comparator '${operator}' not one of '${pythonSetRepr(known)}'`;
    case "logged-models": {
      const name = `${target.entity}s.${target.key}`;
      const numeric = valueTypeOf(dialect, target.entity, target.key) === "number";
      const tuple = pythonTupleRepr((numeric ? LOGGED_NUMERIC : known).map(pythonRepr));
      return `Invalid comparison operator for ${name}: ${pythonRepr(operator)}. Expected one of ${tuple}.`;
    }
    case "experiments":
      return experimentMessage(dialect, target, operator);
    case "registered-models":
    case "model-versions": {
      if (target.entity === "tag") return `Invalid comparator for tag: ${operator}`;
      const numeric = valueTypeOf(dialect, target.entity, target.key) === "number";
      return `Invalid comparator for attribute${numeric ? ` ${target.key}` : ""}: ${operator}`;
    }
  }
}

function experimentMessage(dialect: SearchDialect, target: Identifier, operator: string): string {
  if (target.entity === "tag") return `Invalid comparator for tag: ${operator}`;
  if (target.key === "experiment_id") return `Invalid comparator for experiment_id: ${operator}`;
  const known = operatorsFor(dialect, target.entity, target.key);
  return `Invalid comparator '${operator}' not one of '${pythonSetRepr(known)}'`;
}
