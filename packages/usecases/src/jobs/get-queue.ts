import { WorkloadState } from "@tessera/contracts/job";
import type { Queue, QueueEntry, QueueNode } from "@tessera/contracts/queue";
import type { Prisma } from "@tessera/db/client";
import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { visibleProjects } from "../projects/visible-projects.ts";
import { jobInclude, type JobRow, presentTierOf, waitReason } from "./present-job.ts";
import { queuePositions } from "./queue-positions.ts";
import { NODE_SILENCE_MS, NodeGpus } from "./node-gpus.ts";

/** Waiting jobs that the page shows. */
const SHOWN = 200;

type NodeRow = Prisma.NodeGetPayload<{
  include: { attempts: { include: { workload: true } } };
}>;

function presentNode(row: NodeRow, visible: ReadonlySet<string>, now: number): QueueNode {
  const sum = (of: (attempt: NodeRow["attempts"][number]) => number) =>
    row.attempts.reduce((total, attempt) => total + of(attempt), 0);
  return {
    name: row.name,
    alive: now - row.seenAt.getTime() < NODE_SILENCE_MS,
    seenAt: row.seenAt.toISOString(),
    cpus: row.cpus,
    cpusUsed: sum(({ workload }) => workload.cpus),
    memoryMb: row.memoryMb,
    memoryMbUsed: sum(({ workload }) => workload.memoryMb),
    gpus: NodeGpus.parse(row.gpus).map((gpu) => {
      const holder = row.attempts.find((attempt) => attempt.gpuIndexes.includes(gpu.index));
      const seen = holder !== undefined && visible.has(holder.workload.projectId);
      return { ...gpu, usedBy: seen ? holder.workload.id : null, busy: holder !== undefined };
    }),
  };
}

async function presentEntries(ctx: Context, rows: readonly JobRow[]): Promise<QueueEntry[]> {
  const waiting = rows.filter((row) => row.state === "queued").map((row) => row.id);
  const positions = await queuePositions(ctx, waiting);
  return rows.map((row) => {
    const last = row.attempts.at(-1);
    const placed = row.state !== "queued";
    const position = positions.get(row.id) ?? null;
    return {
      id: row.id,
      project: row.project.slug,
      name: row.name,
      state: WorkloadState.parse(row.state),
      reason: waitReason(row.reason, position),
      position,
      priority: row.priority,
      tier: presentTierOf(row, ctx.settings.currency),
      node: placed ? (last?.node?.name ?? null) : null,
      gpuIndexes: placed ? (last?.gpuIndexes ?? []) : [],
      submittedBy: row.submittedBy,
      submittedAt: row.createdAt.toISOString(),
      startedAt: row.startedAt?.toISOString() ?? null,
    };
  });
}

type Counts = { readonly running: number; readonly waiting: number };

/** How many jobs run or wait in these projects. */
async function countJobs(ctx: Context, project: Prisma.ProjectWhereInput): Promise<Counts> {
  const groups = await ctx.db.prisma.workload.groupBy({
    by: ["state"],
    where: { project, state: { in: ["queued", "starting", "running"] } },
    _count: true,
  });
  const waiting = groups.find(({ state }) => state === "queued")?._count ?? 0;
  return { waiting, running: groups.reduce((sum, { _count }) => sum + _count, 0) - waiting };
}

/** What runs where and what waits and why, of the projects that the caller can see. */
export async function getQueue(ctx: Context): Promise<Queue> {
  authorizeAccount(ctx, "queue.read");
  const { prisma } = ctx.db;
  const project = visibleProjects(ctx);
  const [nodes, projects, running, waiting, seen, all] = await Promise.all([
    prisma.node.findMany({
      include: {
        attempts: {
          where: { state: { in: ["starting", "running"] } },
          include: { workload: true },
        },
      },
      orderBy: { name: "asc" },
    }),
    prisma.project.findMany({ where: project, select: { id: true } }),
    prisma.workload.findMany({
      where: { project, state: { in: ["starting", "running"] } },
      include: jobInclude,
      orderBy: { startedAt: "asc" },
    }),
    prisma.workload.findMany({
      where: { project, state: "queued" },
      include: jobInclude,
      orderBy: [{ priority: "desc" }, { createdAt: "asc" }, { id: "asc" }],
      take: SHOWN,
    }),
    countJobs(ctx, project),
    countJobs(ctx, {}),
  ]);
  const visible = new Set(projects.map((each) => each.id));
  const now = ctx.clock.now().getTime();
  return {
    nodes: nodes.map((node) => presentNode(node, visible, now)),
    running: await presentEntries(ctx, running),
    waiting: await presentEntries(ctx, waiting),
    // Counted one after the other: what came in between must not make it less than none.
    hidden: {
      running: Math.max(0, all.running - seen.running),
      waiting: Math.max(0, all.waiting - seen.waiting),
    },
  };
}
