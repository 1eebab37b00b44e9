import type { Condition } from "@tessera/mlflow/filter-ast";
import { parseFilter } from "@tessera/mlflow/filter-grammar";
import { parseOrderBy } from "@tessera/mlflow/order-by";
import { encodePageToken } from "@tessera/mlflow/page-token";
import type { SearchExperimentsRequest } from "@tessera/mlflow/wire/experiment-requests";
import type { ExperimentRecord } from "@tessera/mlflow/wire/present-experiment";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { compareSql } from "./compare-sql.ts";
import { type ExperimentRow, experimentRecord } from "./experiments.ts";
import { offsetOf } from "./page-offset.ts";
import { SqlParameters } from "./sql-parameters.ts";

/** Columns, with times in milliseconds. */
const COLUMNS: Readonly<Record<string, string>> = {
  name: "e.name",
  experiment_id: "e.number",
  creation_time: "floor(extract(epoch FROM e.created_at) * 1000)",
  last_update_time: "floor(extract(epoch FROM e.updated_at) * 1000)",
};

function conditionSql(condition: Condition, parameters: SqlParameters): string {
  if (condition.entity !== "tag") {
    return compareSql(COLUMNS[condition.key] ?? "NULL", condition, parameters);
  }
  const key = `${parameters.add(condition.key)}::text`;
  const row = `SELECT 1 FROM experiment_tag t WHERE t.experiment_id = e.id AND t.key = ${key}`;
  if (condition.type === "presence") {
    return condition.operator === "IS NULL" ? `NOT EXISTS (${row})` : `EXISTS (${row})`;
  }
  return `EXISTS (${row} AND ${compareSql("t.value", condition, parameters)})`;
}

function orderSql(clauses: readonly string[]): string {
  const orders = parseOrderBy("experiments", clauses);
  if (orders.length === 0) return "e.created_at DESC, e.number ASC";
  const terms = orders.map(
    ({ key, ascending }) => `${COLUMNS[key] ?? "e.number"} ${ascending ? "ASC" : "DESC"}`,
  );
  return [...terms, "e.number DESC"].join(", ");
}

const VIEWS = { ACTIVE_ONLY: ["NOT e.deleted"], DELETED_ONLY: ["e.deleted"], ALL: [] } as const;

/**
 * A page of a project's experiments. There are few in a project, so a page's token is the number
 * of those before it. @throws MlflowError
 */
export async function searchExperiments(
  ctx: Context,
  { project: slug, request }: { project: string; request: SearchExperimentsRequest },
): Promise<{ experiments: ExperimentRecord[]; nextPageToken?: string }> {
  const { project } = await authorize(ctx, "run.read", { project: slug });
  const { filter, orderBy, viewType, maxResults, pageToken } = request;
  const parameters = new SqlParameters();
  const conditions = [
    `e.project_id = ${parameters.add(project.id)}`,
    ...VIEWS[viewType],
    ...parseFilter("experiments", filter).map((each) => conditionSql(each, parameters)),
  ];
  const search = { filter, orderBy, viewType };
  const offset = offsetOf(pageToken, search);
  const { rows } = await ctx.db.pool.query<ExperimentRow>(
    `SELECT e.id, e.number, e.name, e.deleted, e.created_at AS "createdAt",
            e.updated_at AS "updatedAt",
            coalesce((SELECT json_agg(json_build_object('key', t.key, 'value', t.value) ORDER BY t.key)
                      FROM experiment_tag t WHERE t.experiment_id = e.id), '[]') AS tags
     FROM experiment e WHERE ${conditions.join(" AND ")} ORDER BY ${orderSql(orderBy)}
     LIMIT ${parameters.add(maxResults + 1)} OFFSET ${parameters.add(offset)}`,
    parameters.values,
  );
  const experiments = rows.slice(0, maxResults).map(experimentRecord);
  if (rows.length <= maxResults) return { experiments };
  return { experiments, nextPageToken: encodePageToken(search, [offset + maxResults]) };
}
