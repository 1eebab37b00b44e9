import type { Condition, OrderBy, SearchKind } from "@tessera/mlflow/filter-ast";
import { parseFilter } from "@tessera/mlflow/filter-grammar";
import { parseOrderBy } from "@tessera/mlflow/order-by";
import { encodePageToken } from "@tessera/mlflow/page-token";
import type {
  ModelVersionRecord,
  RegisteredModelRecord,
} from "@tessera/mlflow/wire/present-registry";
import type { RegistrySearch } from "@tessera/mlflow/wire/registry-requests";
import type { Context } from "../platform/platform.ts";
import { compareSql } from "../tracking/compare-sql.ts";
import { millisOf } from "../tracking/find-logged-model.ts";
import { offsetOf } from "../tracking/page-offset.ts";
import { SqlParameters } from "../tracking/sql-parameters.ts";
import {
  MODEL_COLUMNS,
  type ModelRow,
  projectOfModels,
  VERSION_COLUMNS,
  type VersionRow,
} from "./find-model.ts";
import { loadModels, loadVersions } from "./load-models.ts";

/** The tag by which clients tell prompts, which are kept as models, from models. */
export const PROMPT_TAG = "mlflow.prompt.is_prompt";

interface Searched {
  readonly kind: SearchKind & ("registered-models" | "model-versions");
  readonly attributes: Readonly<Record<string, string>>;
  /** A row's tags, as SQL that ends with WHERE and what ties them to the row. */
  readonly tags: string;
  readonly usualOrder: string;
  readonly lastOrder: string;
}

const models: Searched = {
  kind: "registered-models",
  attributes: {
    name: "m.name",
    creation_timestamp: millisOf("m.created_at"),
    last_updated_timestamp: millisOf("m.updated_at"),
  },
  tags: "registered_model_tag t WHERE t.model_id = m.id",
  usualOrder: "m.name",
  lastOrder: "m.name",
};

const versions: Searched = {
  kind: "model-versions",
  attributes: {
    name: "m.name",
    version_number: "v.number",
    run_id: "coalesce(v.run_id, '')",
    source_path: "v.source",
    creation_timestamp: millisOf("v.created_at"),
    last_updated_timestamp: millisOf("v.updated_at"),
  },
  tags: "model_version_tag t WHERE t.version_id = v.id",
  usualOrder: "v.updated_at DESC, m.name, v.number DESC",
  lastOrder: "m.name, v.number DESC",
};

function isOfPrompts({ entity, key }: Condition): boolean {
  return entity === "tag" && key === PROMPT_TAG;
}

function wantsPrompts(conditions: readonly Condition[]): boolean {
  return conditions.some((condition) => {
    if (!isOfPrompts(condition) || condition.type !== "text") return false;
    const value = condition.value.toLowerCase();
    const { operator } = condition;
    return (operator === "=" && value === "true") || (operator === "!=" && value === "false");
  });
}

interface Query {
  readonly where: string;
  readonly order: string;
}

function orderOf({ attributes, usualOrder, lastOrder }: Searched, orders: readonly OrderBy[]) {
  if (orders.length === 0) return usualOrder;
  const terms = orders.map(
    ({ key, ascending }) => `${attributes[key] ?? "m.name"} ${ascending ? "ASC" : "DESC"}`,
  );
  return [...terms, lastOrder].join(", ");
}

function queryOf(
  searched: Searched,
  { filter, orderBy }: RegistrySearch,
  { parameters, projectId }: { parameters: SqlParameters; projectId: string },
): Query {
  const conditions = parseFilter(searched.kind, filter);
  const orders = parseOrderBy(searched.kind, orderBy);
  const prompts = wantsPrompts(conditions);
  const tagged = (key: string, more: string): string =>
    `EXISTS (SELECT 1 FROM ${searched.tags} AND t.key = ${parameters.add(key)}::text${more})`;
  // Models have no such tag: of them, what is said of it always holds.
  const told = conditions.filter((condition) => prompts || !isOfPrompts(condition));
  const where = [
    `m.project_id = ${parameters.add(projectId)}`,
    ...(prompts ? [] : [`NOT ${tagged(PROMPT_TAG, " AND t.value = 'true'")}`]),
    ...told.map((condition) =>
      condition.entity === "tag"
        ? tagged(condition.key, ` AND ${compareSql("t.value", condition, parameters)}`)
        : compareSql(searched.attributes[condition.key] ?? "NULL", condition, parameters),
    ),
  ];
  return { where: where.join(" AND "), order: orderOf(searched, orders) };
}

interface Found<Row> {
  readonly rows: Row[];
  readonly nextPageToken?: string;
}

async function find<Row extends ModelRow | VersionRow>(
  ctx: Context,
  searched: Searched,
  { project, request }: { project: string; request: RegistrySearch },
): Promise<Found<Row>> {
  const { id: projectId } = await projectOfModels(ctx, "model.read", { project });
  const { filter, orderBy, maxResults, pageToken } = request;
  const parameters = new SqlParameters();
  const { where, order } = queryOf(searched, request, { parameters, projectId });
  const search = { filter, orderBy };
  const offset = offsetOf(pageToken, search);
  const from =
    searched.kind === "registered-models"
      ? `${MODEL_COLUMNS} FROM registered_model m`
      : `${VERSION_COLUMNS} FROM model_version v JOIN registered_model m ON m.id = v.model_id`;
  const { rows } = await ctx.db.pool.query<Row>(
    `SELECT ${from} WHERE ${where} ORDER BY ${order}
     LIMIT ${parameters.add(maxResults + 1)} OFFSET ${parameters.add(offset)}`,
    parameters.values,
  );
  if (rows.length <= maxResults) return { rows };
  return {
    rows: rows.slice(0, maxResults),
    nextPageToken: encodePageToken(search, [offset + maxResults]),
  };
}

interface Input {
  readonly project: string;
  readonly request: RegistrySearch;
}

/** A page of a project's registered models. @throws MlflowError */
export async function searchModels(
  ctx: Context,
  input: Input,
): Promise<{ models: RegisteredModelRecord[]; nextPageToken?: string }> {
  const { rows, ...page } = await find<ModelRow>(ctx, models, input);
  return { ...page, models: await loadModels(ctx, rows) };
}

/** A page of the versions of a project's registered models. @throws MlflowError */
export async function searchVersions(
  ctx: Context,
  input: Input,
): Promise<{ versions: ModelVersionRecord[]; nextPageToken?: string }> {
  const { rows, ...page } = await find<VersionRow>(ctx, versions, input);
  return { ...page, versions: await loadVersions(ctx, rows) };
}
