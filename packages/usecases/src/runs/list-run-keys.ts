import type { RunKeys } from "@tessera/contracts/run";
import { keysFor } from "@tessera/metrics/keys";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";

async function keysOf(
  ctx: Context,
  table: "run_param" | "run_tag",
  projectId: string,
): Promise<string[]> {
  const { rows } = await ctx.db.pool.query<{ key: string }>(
    `SELECT DISTINCT p.key FROM ${table} p JOIN run r ON r.id = p.run_id
     WHERE r.project_id = $1 ORDER BY p.key`,
    [projectId],
  );
  return rows.map((row) => row.key);
}

/** Every metric, param and tag name in a project, for columns and completion. */
export async function listRunKeys(ctx: Context, input: { project: string }): Promise<RunKeys> {
  const { project } = await authorize(ctx, "run.read", input);
  const experiments = await ctx.db.prisma.experiment.findMany({
    where: { projectId: project.id },
    select: { id: true },
  });
  const [metrics, params, tags] = await Promise.all([
    keysFor(ctx.db.pool, { scopes: experiments.map((each) => each.id) }),
    keysOf(ctx, "run_param", project.id),
    keysOf(ctx, "run_tag", project.id),
  ]);
  return { metrics, params, tags };
}
