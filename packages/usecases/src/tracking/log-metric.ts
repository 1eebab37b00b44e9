import { validateMetric } from "@tessera/mlflow/validation";
import type { LoggedMetric } from "@tessera/mlflow/wire/run-requests";
import type { Context } from "../platform/platform.ts";
import { writableRun } from "./find-run.ts";
import { pointOf } from "./log-batch.ts";

/** Logs one point; those of many callers are committed together. @throws MlflowError */
export async function logMetric(
  ctx: Context,
  input: { project: string; runId: string; metric: LoggedMetric },
): Promise<void> {
  validateMetric(input.metric);
  const run = await writableRun(ctx, input);
  await ctx.points.append({
    runId: run.id,
    scope: run.experimentId,
    points: [pointOf(input.metric)],
  });
  ctx.runActivity.note(run);
}
