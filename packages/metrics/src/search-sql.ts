/*
 * SQL for the search of runs. Where a run has pending batches, its series' last_value counts; where it has
 * none, ranked_value is the same number and has an index. Both lie in one snapshot, so none is missed.
 */

/** Takes a value and gives the placeholder that stands for it, such as `$3`. */
export type Parameter = (value: unknown) => string;

export type MetricOperator = "=" | "!=" | ">" | ">=" | "<" | "<=";

export interface MetricFilter {
  /** Ids of the experiments searched. */
  readonly scopes: readonly string[];
  readonly key: string;
  readonly operator: MetricOperator;
  readonly value: number;
}

// PostgreSQL has NaN above all numbers; to a reader it is neither above nor below.
const CONDITIONS = {
  "=": (column: string, value: string) => `${column} = ${value}`,
  "!=": (column: string, value: string) => `${column} <> ${value}`,
  "<": (column: string, value: string) => `${column} < ${value}`,
  "<=": (column: string, value: string) => `${column} <= ${value}`,
  ">": (column: string, value: string) => `(${column} > ${value} AND ${column} < 'NaN')`,
  ">=": (column: string, value: string) => `(${column} >= ${value} AND ${column} < 'NaN')`,
} as const satisfies Record<MetricOperator, (column: string, value: string) => string>;

const PENDING_RUNS = "SELECT DISTINCT run_id FROM metrics.pending";

/**
 * A SELECT of `run_id`, each once, of the runs whose latest value of a metric meets a condition. NaN
 * meets only `!=`. Materialise it before joining: the planner cannot know how few there are.
 */
export function metricCandidates(filter: MetricFilter, parameter: Parameter): string {
  const scopes = `${parameter(filter.scopes)}::text[]`;
  const key = `${parameter(filter.key)}::text`;
  const value = `${parameter(filter.value)}::float8`;
  const meets = CONDITIONS[filter.operator];
  return `
    SELECT s.run_id FROM metrics.series s
    WHERE s.name_id = ANY(ARRAY(
        SELECT n.id FROM metrics.name n WHERE n.scope = ANY(${scopes}) AND n.key = ${key}))
      AND ${meets("s.ranked_value", value)}
      AND s.run_id NOT IN (${PENDING_RUNS})
    UNION ALL
    SELECT s.run_id FROM (SELECT DISTINCT run_id FROM metrics.pending WHERE scope = ANY(${scopes})) p
    JOIN metrics.series s ON s.run_id = p.run_id AND s.key = ${key}
    WHERE ${meets("s.last_value", value)}`;
}

/** Which number of a series counts. */
export type MetricExtent = "last" | "min" | "max";

export interface MetricOrder {
  readonly key: string;
  /** The latest value unless said. */
  readonly of?: MetricExtent;
  readonly descending: boolean;
  /** SQL of the run's id, such as `r.id`. */
  readonly runId: string;
  /** Name for the joined row; unique within the query. */
  readonly alias: string;
}

/** A join, and the terms of an ORDER BY or of a keyset on its columns. */
export interface MetricOrderSql {
  readonly join: string;
  /** 0 for a number, 1 for NaN, 2 where the run has no such metric; always ascending. */
  readonly rank: string;
  /** The value; `NULL` unless the rank is 0. */
  readonly value: string;
  /** `rank, value ASC` or `rank, value DESC`. */
  readonly orderBy: string;
}

/** Orders runs by a metric as MLflow does: by value, then NaN, then runs without, whatever the direction. */
export function metricOrder(order: MetricOrder, parameter: Parameter): MetricOrderSql {
  const { alias } = order;
  const last = `${alias}.${order.of ?? "last"}_value`;
  const rank = `(CASE WHEN ${last} IS NULL THEN 2 WHEN ${last} = 'NaN' THEN 1 ELSE 0 END)`;
  const value = `nullif(${last}, 'NaN')`;
  return {
    join: `LEFT JOIN metrics.series ${alias}
      ON ${alias}.run_id = ${order.runId} AND ${alias}.key = ${parameter(order.key)}::text`,
    rank,
    value,
    orderBy: `${rank}, ${value} ${order.descending ? "DESC" : "ASC"}`,
  };
}

export interface TopRuns {
  readonly scopes: readonly string[];
  readonly key: string;
  readonly descending: boolean;
  readonly limit: number;
}

/**
 * A SELECT of `run_id, value` of the first runs by a metric that have a number for it, in no order:
 * what comes first whatever else is joined. It reads `limit` rows a scope at any number of runs.
 */
export function topRuns(top: TopRuns, parameter: Parameter): string {
  const scopes = `${parameter(top.scopes)}::text[]`;
  const key = `${parameter(top.key)}::text`;
  const limit = `${parameter(top.limit)}::int8`;
  const direction = top.descending ? "DESC" : "ASC";
  return `
    SELECT run_id, value FROM (
      SELECT ranked.* FROM metrics.name n CROSS JOIN LATERAL (
        SELECT s.run_id, s.ranked_value AS value FROM metrics.series s
        WHERE s.name_id = n.id AND s.ranked_value < 'NaN' AND s.run_id NOT IN (${PENDING_RUNS})
        ORDER BY s.ranked_value ${direction}, s.run_id ${direction} LIMIT ${limit}
      ) ranked
      WHERE n.scope = ANY(${scopes}) AND n.key = ${key}
      UNION ALL
      SELECT s.run_id, s.last_value
      FROM (SELECT DISTINCT run_id FROM metrics.pending WHERE scope = ANY(${scopes})) p
      JOIN metrics.series s ON s.run_id = p.run_id AND s.key = ${key} AND s.last_value < 'NaN'
    ) t
    ORDER BY value ${direction} LIMIT ${limit}`;
}
