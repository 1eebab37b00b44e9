import type { Condition } from "@tessera/mlflow/filter-ast";
import { parseFilter } from "@tessera/mlflow/filter-grammar";
import { parseLoggedModelOrderBy, type LoggedModelOrderBy } from "@tessera/mlflow/order-by";
import { encodePageToken } from "@tessera/mlflow/page-token";
import type {
  DatasetFilter,
  SearchLoggedModelsRequest,
} from "@tessera/mlflow/wire/logged-model-requests";
import type { LoggedModelRecord } from "@tessera/mlflow/wire/present-registry";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { compareSql } from "./compare-sql.ts";
import { LOGGED_MODEL_COLUMNS, type LoggedModelRow, millisOf } from "./find-logged-model.ts";
import { loadLoggedModels } from "./load-logged-models.ts";
import { offsetOf } from "./page-offset.ts";
import { SqlParameters } from "./sql-parameters.ts";

const ATTRIBUTES: Readonly<Record<string, string>> = {
  name: "l.name",
  model_id: "l.id",
  model_type: "l.model_type",
  // Filters say READY where the protocol's answers say LOGGED_MODEL_READY.
  status: `(CASE l.status WHEN 'LOGGED_MODEL_READY' THEN 'READY'
     WHEN 'LOGGED_MODEL_PENDING' THEN 'PENDING' ELSE 'FAILED' END)`,
  source_run_id: "l.source_run_id",
  creation_timestamp: millisOf("l.created_at"),
  last_updated_timestamp: millisOf("l.updated_at"),
};

interface Scope {
  readonly parameters: SqlParameters;
  readonly datasets: readonly DatasetFilter[];
}

function onDatasets({ parameters, datasets }: Scope): string {
  if (datasets.length === 0) return "";
  const each = datasets.map(({ name, digest }) => {
    const named = `m.dataset_name = ${parameters.add(name)}`;
    return digest === undefined
      ? named
      : `${named} AND m.dataset_digest = ${parameters.add(digest)}`;
  });
  return ` AND (${each.join(" OR ")})`;
}

function conditionSql(condition: Condition, scope: Scope): string {
  const { parameters } = scope;
  const { entity, key } = condition;
  if (entity === "attribute") return compareSql(ATTRIBUTES[key] ?? "NULL", condition, parameters);
  const keyed = `${parameters.add(key)}::text`;
  if (entity === "metric") {
    const same = compareSql("m.value", condition, parameters);
    return `EXISTS (SELECT 1 FROM metrics.model_point m WHERE m.model_id = l.id
      AND m.key = ${keyed} AND ${same}${onDatasets(scope)})`;
  }
  const table = entity === "param" ? "logged_model_param" : "logged_model_tag";
  const same = compareSql("p.value", condition, parameters);
  return `EXISTS (SELECT 1 FROM ${table} p WHERE p.model_id = l.id AND p.key = ${keyed} AND ${same})`;
}

function orderTerm(order: LoggedModelOrderBy, parameters: SqlParameters): string {
  const direction = order.ascending ? "ASC" : "DESC";
  if (order.entity === "attribute") {
    return `${ATTRIBUTES[order.key] ?? "l.id"} ${direction} NULLS LAST`;
  }
  const { datasetName, datasetDigest } = order;
  const filters = [
    `m.model_id = l.id AND m.key = ${parameters.add(order.key)}`,
    ...(datasetName === undefined ? [] : [`m.dataset_name = ${parameters.add(datasetName)}`]),
    ...(datasetDigest === undefined ? [] : [`m.dataset_digest = ${parameters.add(datasetDigest)}`]),
  ];
  return `(SELECT m.value FROM metrics.model_point m WHERE ${filters.join(" AND ")}
    ORDER BY m."timestamp" DESC, m.step DESC, m.run_id LIMIT 1) ${direction} NULLS LAST`;
}

function orderSql(orders: readonly LoggedModelOrderBy[], parameters: SqlParameters): string {
  const terms = orders.map((order) => orderTerm(order, parameters));
  return [...terms, "l.created_at DESC", "l.id DESC"].join(", ");
}

function hasMetricFilter(conditions: readonly Condition[]): boolean {
  return conditions.some(({ entity }) => entity === "metric");
}

/**
 * A page of the models that a project's runs logged. A page's token is the number of those before
 * it. Without experiments none are found, as in MLflow. @throws MlflowError
 */
export async function searchLoggedModels(
  ctx: Context,
  { project: slug, request }: { project: string; request: SearchLoggedModelsRequest },
): Promise<{ models: LoggedModelRecord[]; nextPageToken?: string }> {
  const { project } = await authorize(ctx, "run.read", { project: slug });
  const { experimentIds, filter, datasets, orderBy, maxResults, pageToken } = request;
  const conditions = parseFilter("logged-models", filter);
  const orders = parseLoggedModelOrderBy(orderBy);
  const parameters = new SqlParameters();
  const scope = { parameters, datasets };
  const numbers = experimentIds.filter((id) => /^\d{1,9}$/.test(id)).map(Number);
  const where = [
    `l.project_id = ${parameters.add(project.id)} AND NOT l.deleted`,
    `e.number = ANY(${parameters.add(numbers)}::int4[])`,
    ...conditions.map((condition) => conditionSql(condition, scope)),
    ...(datasets.length > 0 && !hasMetricFilter(conditions)
      ? [`EXISTS (SELECT 1 FROM metrics.model_point m WHERE m.model_id = l.id${onDatasets(scope)})`]
      : []),
  ];
  const search = { experimentIds, filter, datasets, orderBy };
  const offset = offsetOf(pageToken, search);
  const { rows } = await ctx.db.pool.query<LoggedModelRow>(
    `SELECT ${LOGGED_MODEL_COLUMNS} FROM logged_model l JOIN experiment e ON e.id = l.experiment_id
     WHERE ${where.join(" AND ")} ORDER BY ${orderSql(orders, parameters)}
     LIMIT ${parameters.add(maxResults + 1)} OFFSET ${parameters.add(offset)}`,
    parameters.values,
  );
  const models = await loadLoggedModels(ctx, rows.slice(0, maxResults));
  if (rows.length <= maxResults) return { models };
  return { models, nextPageToken: encodePageToken(search, [offset + maxResults]) };
}
