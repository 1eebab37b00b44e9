import { metricOrder } from "@tessera/metrics/search-sql";
import type { OrderBy } from "@tessera/mlflow/filter-ast";
import {
  decodePageToken,
  encodePageToken,
  type KeysetShape,
  type KeysetValue,
} from "@tessera/mlflow/page-token";
import { ATTRIBUTES } from "./run-conditions.ts";
import type { SqlParameters } from "./sql-parameters.ts";

/** An order of MLflow's; `as` for those of tables, which MLflow does not know. */
export interface RunOrderBy extends OrderBy {
  /** A metric's extreme, or a param whose numbers are compared as numbers. */
  readonly as?: "min" | "max" | "number";
}

/** One column that orders the result. */
interface Term {
  readonly sql: string;
  readonly descending: boolean;
  /** Whether it can be NULL; then a term before it tells those rows apart from the others. */
  readonly nullable?: boolean;
  readonly cast: "float8" | "text" | "int4" | "int8";
}

/** How a search of runs is ordered, and how its pages follow one another. */
export interface RunOrder {
  readonly joins: readonly string[];
  readonly terms: readonly Term[];
}

/** A value that may be missing is two columns: whether it is, which comes last, and what it is. */
function nullable(sql: string, descending: boolean, cast: Term["cast"]): Term[] {
  return [
    { sql: `(CASE WHEN ${sql} IS NULL THEN 1 ELSE 0 END)`, descending: false, cast: "int4" },
    { sql, descending, cast, nullable: true },
  ];
}

/** What casts to a number without going over its bounds. */
const NUMERIC = "'^\\s*[-+]?(\\d{1,100}\\.?\\d{0,100}|\\.\\d{1,100})([eE][-+]?\\d{1,2})?\\s*$'";

/** Numbers by their size, then words, then runs that have neither. */
function numberTerms(sql: string, descending: boolean): Term[] {
  const isNumber = `${sql} ~ ${NUMERIC}`;
  const rank = `(CASE WHEN ${sql} IS NULL THEN 2 WHEN ${isNumber} THEN 0 ELSE 1 END)`;
  const number = `(CASE WHEN ${isNumber} THEN ${sql}::float8 END)`;
  return [
    { sql: rank, descending: false, cast: "int4" },
    { sql: number, descending, cast: "float8", nullable: true },
    { sql, descending, cast: "text", nullable: true },
  ];
}

const DURATION = "(r.end_time - r.start_time)";

function attributeTerms(key: string, descending: boolean): Term[] {
  if (key === "duration") return nullable(DURATION, descending, "int8");
  const sql = ATTRIBUTES[key] ?? "NULL";
  if (key === "end_time") return nullable(sql, descending, "int8");
  return [{ sql, descending, cast: key === "start_time" ? "int8" : "text" }];
}

interface Clause {
  readonly joins: string[];
  readonly terms: Term[];
}

function clauseOf(order: RunOrderBy, alias: string, parameters: SqlParameters): Clause {
  const descending = !order.ascending;
  if (order.entity === "attribute")
    return { joins: [], terms: attributeTerms(order.key, descending) };
  if (order.entity === "metric") {
    const metric = metricOrder(
      { key: order.key, descending, runId: "r.id", alias, ...extentOf(order) },
      parameters.add,
    );
    return {
      joins: [metric.join],
      terms: [
        { sql: metric.rank, descending: false, cast: "int4" },
        { sql: metric.value, descending, cast: "float8", nullable: true },
      ],
    };
  }
  const table = order.entity === "param" ? "run_param" : "run_tag";
  const key = `${parameters.add(order.key)}::text`;
  return {
    joins: [`LEFT JOIN ${table} ${alias} ON ${alias}.run_id = r.id AND ${alias}.key = ${key}`],
    terms:
      order.as === "number"
        ? numberTerms(`${alias}.value`, descending)
        : nullable(`${alias}.value`, descending, "text"),
  };
}

function extentOf({ as }: RunOrderBy): { of?: "min" | "max" } {
  return as === "min" || as === "max" ? { of: as } : {};
}

/** The order of a search: its clauses, then start time from the newest, then the id. */
export function runOrder(clauses: readonly RunOrderBy[], parameters: SqlParameters): RunOrder {
  const parts = clauses.map((order, index) => clauseOf(order, `o${index}`, parameters));
  const named = new Set(clauses.map((order) => `${order.entity}.${order.key}`));
  const last: Term[] = [
    ...(named.has("attribute.start_time") ? [] : attributeTerms("start_time", true)),
    ...(named.has("attribute.run_id") ? [] : attributeTerms("run_id", false)),
  ];
  return {
    joins: parts.flatMap((part) => part.joins),
    terms: [...parts.flatMap((part) => part.terms), ...last],
  };
}

export function orderBySql({ terms }: RunOrder): string {
  return terms.map(({ sql, descending }) => `${sql} ${descending ? "DESC" : "ASC"}`).join(", ");
}

/** The columns by which a page is continued, to be selected as one array of text. */
export function positionSql({ terms }: RunOrder): string {
  return `ARRAY[${terms.map(({ sql }) => `(${sql})::text`).join(", ")}]`;
}

function shapeOf({ terms }: RunOrder): KeysetShape {
  return terms.map(({ cast, nullable: optional }): KeysetShape[number] => {
    const type = cast === "text" ? "string" : "number";
    return optional === true ? (`${type}?` as const) : type;
  });
}

/** The token for the page after a row. */
export function nextToken(
  order: RunOrder,
  search: unknown,
  position: readonly (string | null)[],
): string {
  const values = order.terms.map(({ cast }, index): KeysetValue => {
    const text = position[index] ?? null;
    if (text === null || cast === "text") return text;
    return Number(text);
  });
  return encodePageToken(search, values);
}

interface After {
  readonly token: string;
  readonly search: unknown;
  readonly parameters: SqlParameters;
}

/** A condition that holds for the rows after a token's. @throws MlflowError for a bad token */
export function afterSql(order: RunOrder, { token, search, parameters }: After): string {
  const values = decodePageToken(token, search, shapeOf(order));
  const places = order.terms.map(
    ({ cast }, index) => `${parameters.add(values[index] ?? null)}::${cast}`,
  );
  const options = order.terms.map(({ sql, descending }, index) => {
    const same = order.terms.slice(0, index).map((term, before) => {
      const equals = term.nullable === true ? "IS NOT DISTINCT FROM" : "=";
      return `(${term.sql}) ${equals} ${places[before]}`;
    });
    return `(${[...same, `(${sql}) ${descending ? "<" : ">"} ${places[index]}`].join(" AND ")})`;
  });
  // Follows from the rest, and is what an index can start from; the first term is never NULL.
  const [first] = order.terms;
  const start = first ? [`(${first.sql}) ${first.descending ? "<=" : ">="} ${places[0]}`] : [];
  return [...start, `(${options.join(" OR ")})`].join(" AND ");
}
