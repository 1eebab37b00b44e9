import { PlatformError } from "@tessera/contracts/errors";
import type { Job } from "@tessera/contracts/job";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { type JobRow, jobInclude, presentJob } from "./present-job.ts";
import { queuePositions } from "./queue-positions.ts";

/** A job's row within a project that the caller may already see. */
export async function findJob(ctx: Context, projectId: string, id: string): Promise<JobRow> {
  const row = await ctx.db.prisma.workload.findFirst({
    where: { id, projectId },
    include: jobInclude,
  });
  if (row) return row;
  throw new PlatformError("not_found", `There is no job ${id} in this project`);
}

/** Presents a row with its place in the queue. */
export async function presentWithPosition(ctx: Context, row: JobRow): Promise<Job> {
  const positions = row.state === "queued" ? await queuePositions(ctx, [row.id]) : new Map();
  return presentJob(row, {
    currency: ctx.settings.currency,
    position: positions.get(row.id) ?? null,
  });
}

export async function getJob(ctx: Context, input: { project: string; id: string }): Promise<Job> {
  const { project } = await authorize(ctx, "job.read", { project: input.project });
  return presentWithPosition(ctx, await findJob(ctx, project.id, input.id));
}
