import type { Condition } from "@tessera/mlflow/filter-ast";
import type { SqlParameters } from "./sql-parameters.ts";

/** A condition of a filter on one column or expression; LIKE has no escape character in the protocol. */
export function compareSql(
  column: string,
  condition: Condition,
  parameters: SqlParameters,
): string {
  switch (condition.type) {
    case "number":
      return `${column} ${condition.operator} ${parameters.add(condition.value)}::float8`;
    case "text": {
      const like = condition.operator === "LIKE" || condition.operator === "ILIKE";
      const value = `${parameters.add(condition.value)}::text`;
      return `${column} ${condition.operator} ${value}${like ? " ESCAPE ''" : ""}`;
    }
    case "list": {
      const any = `${column} = ANY(${parameters.add(condition.value)}::text[])`;
      return condition.operator === "IN" ? any : `NOT (${any})`;
    }
    case "presence":
      return `${column} ${condition.operator}`;
    default:
      return condition satisfies never;
  }
}
