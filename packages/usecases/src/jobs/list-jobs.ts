import { PlatformError } from "@tessera/contracts/errors";
import { type Job, WorkloadState } from "@tessera/contracts/job";
import type { Prisma } from "@tessera/db/client";
import { authorize, authorizeAccount } from "../identity/authorize.ts";
import { pageBy } from "../platform/page-by.ts";
import type { Context } from "../platform/platform.ts";
import { visibleProjects } from "../projects/visible-projects.ts";
import { jobInclude, presentJob } from "./present-job.ts";
import { queuePositions } from "./queue-positions.ts";

interface ListInput {
  readonly state?: string | undefined;
  /** An id, or the beginning or the end of one. */
  readonly id?: string | undefined;
  readonly limit?: number | undefined;
  readonly pageToken?: string | undefined;
}

interface JobsPage {
  readonly items: Job[];
  readonly nextPageToken?: string;
}

function statesOf(text: string | undefined): WorkloadState[] | undefined {
  if (text === undefined) return undefined;
  return text.split(",").map((word) => {
    const state = WorkloadState.safeParse(word.trim());
    if (state.success) return state.data;
    const known = WorkloadState.options.join(", ");
    throw new PlatformError("invalid_argument", `state: "${word.trim()}" is not one of ${known}`, {
      issues: [{ path: "state", message: `must be one of ${known}` }],
    });
  });
}

function idFilter(part: string | undefined): Prisma.WorkloadWhereInput {
  if (part === undefined) return {};
  if (part.length === 32) return { id: part };
  return { OR: [{ id: { startsWith: part } }, { id: { endsWith: part } }] };
}

/** Ids sort by time of creation, so they are the keyset. */
async function pageOfJobs(
  ctx: Context,
  where: Prisma.WorkloadWhereInput,
  input: ListInput,
): Promise<JobsPage> {
  const states = statesOf(input.state);
  const page = await pageBy(
    input,
    ({ after, take }) =>
      ctx.db.prisma.workload.findMany({
        where: {
          ...where,
          kind: "job",
          ...(states ? { state: { in: states } } : {}),
          AND: [idFilter(input.id), after === null ? {} : { id: { lt: after } }],
        },
        include: jobInclude,
        orderBy: { id: "desc" },
        take,
      }),
    (row) => row.id,
  );
  const positions = await queuePositions(
    ctx,
    page.items.filter((row) => row.state === "queued").map((row) => row.id),
  );
  const { currency } = ctx.settings;
  return {
    ...page,
    items: page.items.map((row) =>
      presentJob(row, { currency, position: positions.get(row.id) ?? null }),
    ),
  };
}

/** A project's jobs, newest first. */
export async function listJobs(
  ctx: Context,
  { project: slug, ...input }: ListInput & { project: string },
): Promise<JobsPage> {
  const { project } = await authorize(ctx, "job.read", { project: slug });
  return pageOfJobs(ctx, { projectId: project.id }, input);
}

/** Jobs of every project that the caller can see, newest first. */
export async function listAllJobs(ctx: Context, input: ListInput): Promise<JobsPage> {
  authorizeAccount(ctx, "signed-in");
  return pageOfJobs(ctx, { project: visibleProjects(ctx) }, input);
}
