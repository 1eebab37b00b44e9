import type { Entity, FilterOperator, SearchKind } from "./filter-ast.ts";

export type ValueType = "number" | "text";

/** What one kind of search knows: its words, its attributes and where lists are allowed. */
export interface SearchDialect {
  readonly kind: SearchKind;
  /** Every way to write an entity → the entity. */
  readonly entities: ReadonlyMap<string, Entity>;
  /** The words to offer first, one an entity. */
  readonly preferredWords: readonly string[];
  readonly attributes: ReadonlyMap<string, ValueType>;
  /** Other names of attributes → the name. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Attributes that may be compared with IN and NOT IN, in the protocol's order. */
  readonly listAttributes: readonly string[];
  /** Numeric attributes that take whole numbers only. */
  readonly integersOnly: boolean;
  /** Whether IS NULL and IS NOT NULL exist, and for which entities. */
  readonly presence: readonly Entity[];
  readonly orderAttributes: readonly string[];
  readonly orderAliases: ReadonlyMap<string, string>;
  /** Entities that an order_by may name besides attributes. */
  readonly orderEntities: readonly Entity[];
}

export const NUMERIC_OPERATORS = ["=", "!=", ">", ">=", "<", "<="] as const;
export const TEXT_OPERATORS = ["=", "!=", "LIKE", "ILIKE"] as const;
export const LIST_OPERATORS = ["IN", "NOT IN"] as const;
export const PRESENCE_OPERATORS = ["IS NULL", "IS NOT NULL"] as const;

/** The keys of the `dataset` entity. */
export const DATASET_KEYS = ["name", "digest", "context"] as const;

const none: ReadonlyMap<string, string> = new Map();

const RUN_ENTITIES = new Map<string, Entity>([
  ["metric", "metric"],
  ["metrics", "metric"],
  ["parameter", "param"],
  ["parameters", "param"],
  ["param", "param"],
  ["params", "param"],
  ["tag", "tag"],
  ["tags", "tag"],
  ["attribute", "attribute"],
  ["attributes", "attribute"],
  ["attr", "attribute"],
  ["run", "attribute"],
  ["dataset", "dataset"],
  ["datasets", "dataset"],
]);

const RECORD_ENTITIES = new Map<string, Entity>([
  ["attribute", "attribute"],
  ["tag", "tag"],
  ["tags", "tag"],
]);

const runs: SearchDialect = {
  kind: "runs",
  entities: RUN_ENTITIES,
  preferredWords: ["metrics", "params", "tags", "attributes", "datasets"],
  attributes: new Map<string, ValueType>([
    ["run_id", "text"],
    ["run_name", "text"],
    ["status", "text"],
    ["start_time", "number"],
    ["end_time", "number"],
    ["user_id", "text"],
    ["artifact_uri", "text"],
  ]),
  aliases: new Map([
    ["created", "start_time"],
    ["Created", "start_time"],
    ["run name", "run_name"],
    ["Run name", "run_name"],
    ["Run Name", "run_name"],
  ]),
  listAttributes: ["run_id"],
  integersOnly: false,
  presence: ["param", "tag"],
  orderAttributes: [
    "start_time",
    "end_time",
    "run_name",
    "run_id",
    "status",
    "user_id",
    "artifact_uri",
  ],
  orderAliases: new Map([
    ["created", "start_time"],
    ["Created", "start_time"],
  ]),
  orderEntities: ["metric", "param", "tag"],
};

const experiments: SearchDialect = {
  kind: "experiments",
  entities: RECORD_ENTITIES,
  preferredWords: ["attribute", "tags"],
  attributes: new Map<string, ValueType>([
    ["name", "text"],
    ["experiment_id", "text"],
    ["creation_time", "number"],
    ["last_update_time", "number"],
  ]),
  aliases: none,
  listAttributes: ["experiment_id"],
  integersOnly: true,
  presence: ["tag"],
  orderAttributes: ["name", "experiment_id", "creation_time", "last_update_time"],
  orderAliases: none,
  orderEntities: [],
};

const registeredModels: SearchDialect = {
  kind: "registered-models",
  entities: RECORD_ENTITIES,
  preferredWords: ["attribute", "tags"],
  attributes: new Map<string, ValueType>([["name", "text"]]),
  aliases: none,
  listAttributes: ["name"],
  integersOnly: true,
  presence: [],
  orderAttributes: ["name", "creation_timestamp", "last_updated_timestamp"],
  orderAliases: new Map([["timestamp", "last_updated_timestamp"]]),
  orderEntities: [],
};

const modelVersions: SearchDialect = {
  kind: "model-versions",
  entities: RECORD_ENTITIES,
  preferredWords: ["attribute", "tags"],
  attributes: new Map<string, ValueType>([
    ["name", "text"],
    ["version_number", "number"],
    ["run_id", "text"],
    ["source_path", "text"],
  ]),
  aliases: none,
  listAttributes: ["name", "run_id"],
  integersOnly: true,
  presence: [],
  orderAttributes: ["name", "version_number", "creation_timestamp", "last_updated_timestamp"],
  orderAliases: none,
  orderEntities: [],
};

const loggedModels: SearchDialect = {
  kind: "logged-models",
  entities: new Map<string, Entity>([
    ["attributes", "attribute"],
    ["metrics", "metric"],
    ["params", "param"],
    ["tags", "tag"],
  ]),
  preferredWords: ["metrics", "params", "tags", "attributes"],
  attributes: new Map<string, ValueType>([
    ["name", "text"],
    ["model_id", "text"],
    ["model_type", "text"],
    ["status", "text"],
    ["source_run_id", "text"],
    ["creation_timestamp", "number"],
    ["last_updated_timestamp", "number"],
  ]),
  aliases: new Map([
    ["creation_time", "creation_timestamp"],
    ["last_updated_time", "last_updated_timestamp"],
  ]),
  listAttributes: ["name", "model_id", "model_type", "status", "source_run_id"],
  integersOnly: false,
  presence: [],
  orderAttributes: [
    "name",
    "model_id",
    "model_type",
    "status",
    "source_run_id",
    "creation_timestamp",
    "last_updated_timestamp",
  ],
  orderAliases: new Map([
    ["creation_time", "creation_timestamp"],
    ["last_updated_time", "last_updated_timestamp"],
  ]),
  orderEntities: ["metric"],
};

/** The dialect of each kind of search. */
export const SEARCH_DIALECTS: Readonly<Record<SearchKind, SearchDialect>> = {
  runs,
  experiments,
  "registered-models": registeredModels,
  "model-versions": modelVersions,
  "logged-models": loggedModels,
};

/** What a key of an entity is compared as. */
export function valueTypeOf(dialect: SearchDialect, entity: Entity, key: string): ValueType {
  if (entity === "metric") return "number";
  if (entity === "attribute") return dialect.attributes.get(key) ?? "text";
  return "text";
}

/** The operators that a key of an entity takes. */
export function operatorsFor(
  dialect: SearchDialect,
  entity: Entity,
  key: string,
): readonly FilterOperator[] {
  if (valueTypeOf(dialect, entity, key) === "number") return NUMERIC_OPERATORS;
  const operators: FilterOperator[] = [...TEXT_OPERATORS];
  if (takesList(dialect, entity, key)) operators.push(...LIST_OPERATORS);
  if (dialect.presence.includes(entity)) operators.push(...PRESENCE_OPERATORS);
  return operators;
}

/** Whether a key of an entity may be compared with a list. */
export function takesList(dialect: SearchDialect, entity: Entity, key: string): boolean {
  if (entity === "dataset") return true;
  if (entity === "attribute") return dialect.listAttributes.includes(key);
  return dialect.kind === "logged-models" && entity !== "metric";
}
