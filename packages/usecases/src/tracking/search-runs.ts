import { parseFilter } from "@tessera/mlflow/filter-grammar";
import { parseOrderBy } from "@tessera/mlflow/order-by";
import type { RunRecord } from "@tessera/mlflow/wire/present-run";
import type { ViewType } from "@tessera/mlflow/wire/enums";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { RUN_COLUMNS, type TrackedRun } from "./find-run.ts";
import { loadRuns } from "./load-runs.ts";
import { runCondition } from "./run-conditions.ts";
import {
  afterSql,
  nextToken,
  orderBySql,
  positionSql,
  runOrder,
  type RunOrderBy,
} from "./run-order.ts";
import { SqlParameters } from "./sql-parameters.ts";

export interface RunSearch {
  readonly project: string;
  /** As clients know them; all of the project's when undefined. */
  readonly experimentIds: readonly string[] | undefined;
  readonly filter: string;
  readonly viewType: ViewType;
  readonly maxResults: number;
  readonly orderBy: readonly string[];
  /** Reads the order; MLflow's clauses unless said. */
  readonly readOrder?: (clauses: readonly string[]) => RunOrderBy[];
  readonly pageToken: string | undefined;
}

export interface FoundRuns {
  readonly runs: TrackedRun[];
  readonly nextPageToken?: string;
}

interface FoundRow extends TrackedRun {
  readonly position: (string | null)[];
}

async function experimentIdsOf(
  ctx: Context,
  projectId: string,
  numbers: readonly string[] | undefined,
): Promise<string[]> {
  const wanted = numbers?.filter((text) => /^\d{1,9}$/.test(text)).map(Number);
  const { rows } = await ctx.db.pool.query<{ id: string }>({
    name: "find-experiment-ids",
    text: `SELECT id FROM experiment
           WHERE project_id = $1 AND ($2::int4[] IS NULL OR number = ANY($2::int4[]))`,
    values: [projectId, wanted ?? null],
  });
  return rows.map((row) => row.id);
}

/** One alone is compared as such: then an index gives its runs in their order. */
function inExperiments(ids: readonly string[], parameters: SqlParameters): string {
  const [only] = ids;
  if (ids.length === 1) return `r.experiment_id = ${parameters.add(only)}`;
  return `r.experiment_id = ANY(${parameters.add(ids)}::text[])`;
}

function viewCondition(view: ViewType): string[] {
  if (view === "ALL") return [];
  return [view === "DELETED_ONLY" ? "r.deleted" : "NOT r.deleted"];
}

interface Matching {
  readonly parameters: SqlParameters;
  readonly conditions: readonly string[];
}

/** The conditions of a search, as SQL over `r` and `e`. @throws MlflowError for a bad filter */
export async function matchingRuns(
  ctx: Context,
  projectId: string,
  search: Pick<RunSearch, "experimentIds" | "filter" | "viewType">,
): Promise<Matching> {
  const filter = parseFilter("runs", search.filter);
  const experimentIds = await experimentIdsOf(ctx, projectId, search.experimentIds);
  const parameters = new SqlParameters();
  const conditions = [
    `r.project_id = ${parameters.add(projectId)}`,
    ...(search.experimentIds === undefined ? [] : [inExperiments(experimentIds, parameters)]),
    ...viewCondition(search.viewType),
    ...filter.map((condition) => runCondition(condition, { parameters, experimentIds })),
  ];
  return { parameters, conditions };
}

/** The runs that a search finds, without what is in them. */
export async function findRuns(
  ctx: Context,
  projectId: string,
  search: RunSearch,
): Promise<FoundRuns> {
  const clauses = search.readOrder?.(search.orderBy) ?? parseOrderBy("runs", search.orderBy);
  const { parameters, conditions } = await matchingRuns(ctx, projectId, search);
  const order = runOrder(clauses, parameters);
  const { experimentIds, filter, orderBy, viewType, pageToken } = search;
  const same = { experimentIds, filter, orderBy, viewType };
  const after =
    pageToken === undefined
      ? []
      : [afterSql(order, { token: pageToken, search: same, parameters })];
  const { rows } = await ctx.db.pool.query<FoundRow>(
    `SELECT ${RUN_COLUMNS}, ${positionSql(order)} AS position
     FROM run r JOIN experiment e ON e.id = r.experiment_id ${order.joins.join(" ")}
     WHERE ${[...conditions, ...after].join(" AND ")}
     ORDER BY ${orderBySql(order)} LIMIT ${parameters.add(search.maxResults + 1)}`,
    parameters.values,
  );
  if (rows.length <= search.maxResults) return { runs: rows };
  const runs = rows.slice(0, search.maxResults);
  return { runs, nextPageToken: nextToken(order, same, runs.at(-1)?.position ?? []) };
}

/** A page of runs by MLflow's filter and order. @throws MlflowError */
export async function searchTrackedRuns(
  ctx: Context,
  search: RunSearch,
): Promise<{ runs: RunRecord[]; nextPageToken?: string }> {
  const { project } = await authorize(ctx, "run.read", { project: search.project });
  const found = await findRuns(ctx, project.id, search);
  return { ...found, runs: await loadRuns(ctx, found.runs) };
}
