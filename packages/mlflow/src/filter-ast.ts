import type { Span } from "./errors.ts";

/** What is searched; each kind has its own entities, attributes and operators. */
export type SearchKind =
  | "runs"
  | "experiments"
  | "registered-models"
  | "model-versions"
  | "logged-models";

export type Entity = "attribute" | "metric" | "param" | "tag" | "dataset";

export type NumericOperator = "=" | "!=" | ">" | ">=" | "<" | "<=";
export type TextOperator = "=" | "!=" | "LIKE" | "ILIKE";
export type ListOperator = "IN" | "NOT IN";
export type PresenceOperator = "IS NULL" | "IS NOT NULL";
export type FilterOperator = NumericOperator | TextOperator | ListOperator | PresenceOperator;

/** What is compared, and where the condition and its parts stand in the source. */
interface ConditionBase {
  readonly entity: Entity;
  /** Aliases resolved: `created` is `start_time`, `Run name` is `run_name`. */
  readonly key: string;
  readonly span: Span;
  readonly identifierSpan: Span;
  readonly operatorSpan: Span;
}

export interface NumberCondition extends ConditionBase {
  readonly type: "number";
  readonly operator: NumericOperator;
  readonly value: number;
  readonly valueSpan: Span;
}

export interface TextCondition extends ConditionBase {
  readonly type: "text";
  readonly operator: TextOperator;
  readonly value: string;
  readonly valueSpan: Span;
}

export interface ListCondition extends ConditionBase {
  readonly type: "list";
  readonly operator: ListOperator;
  readonly value: readonly string[];
  readonly valueSpan: Span;
}

export interface PresenceCondition extends ConditionBase {
  readonly type: "presence";
  readonly operator: PresenceOperator;
}

/** One comparison of a filter; all of a filter's conditions must hold. */
export type Condition = NumberCondition | TextCondition | ListCondition | PresenceCondition;

/** One order_by clause. */
export interface OrderBy {
  readonly entity: Entity;
  readonly key: string;
  readonly ascending: boolean;
}
