import type { RunsPage, RunsQuery } from "@tessera/contracts/run";
import type { ViewType } from "@tessera/mlflow/wire/enums";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { findRuns, matchingRuns } from "../tracking/search-runs.ts";
import { presentRuns } from "./present-run.ts";
import { readTableOrder } from "./table-order.ts";

const views: Record<RunsQuery["view"], ViewType> = {
  active: "ACTIVE_ONLY",
  deleted: "DELETED_ONLY",
  all: "ALL",
};

type Counted = Parameters<typeof matchingRuns>[2];

async function countRuns(ctx: Context, projectId: string, search: Counted): Promise<number> {
  const { conditions, parameters } = await matchingRuns(ctx, projectId, search);
  const { rows } = await ctx.db.pool.query<{ count: string }>(
    `SELECT count(*) FROM run r JOIN experiment e ON e.id = r.experiment_id
     WHERE ${conditions.join(" AND ")}`,
    parameters.values,
  );
  return Number(rows[0]?.count ?? 0);
}

/** A page of runs for tables, with how many match and how many there are. */
export async function searchRuns(
  ctx: Context,
  { project: slug, query }: { project: string; query: RunsQuery },
): Promise<RunsPage> {
  const { project } = await authorize(ctx, "run.read", { project: slug });
  const viewType = views[query.view];
  const { experimentIds, filter = "" } = query;
  const found = await findRuns(ctx, project.id, {
    project: slug,
    experimentIds,
    filter,
    viewType,
    maxResults: query.limit,
    orderBy: query.orderBy ?? [],
    readOrder: readTableOrder,
    pageToken: query.pageToken,
  });
  const { nextPageToken } = found;
  const whole = nextPageToken === undefined && query.pageToken === undefined;
  const [items, matched, total] = await Promise.all([
    presentRuns(ctx, slug, found.runs),
    whole ? found.runs.length : countRuns(ctx, project.id, { experimentIds, filter, viewType }),
    countRuns(ctx, project.id, { experimentIds: undefined, filter: "", viewType }),
  ]);
  return { items, matched, total, ...(nextPageToken === undefined ? {} : { nextPageToken }) };
}
