import type { Transaction } from "@tessera/db/client";
import { newId } from "@tessera/kit/ids";
import { type Placement, placeWorkloads } from "@tessera/scheduling/place-workloads";
import { publishEvent } from "../events/publish-event.ts";
import type { Context } from "../platform/platform.ts";
import { readWorld } from "./read-world.ts";
import { settleUnready } from "./settle-unready.ts";

/** Waiting workloads that one pass looks at; those behind them wait for the next. */
const PASS_SIZE = 200;

/** Passes run one at a time, whichever worker does them. */
const DISPATCH_LOCK = 7_303_001;

interface WaitingRow {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly gpus: number;
  readonly reason: string | null;
}

export interface DispatchResult {
  /** How many were given a place. */
  readonly placed: number;
  /** Milliseconds until the next retry comes due, if one waits. */
  readonly nextInMs: number | null;
}

async function readWaiting(tx: Transaction): Promise<WaitingRow[]> {
  return tx.$queryRaw<WaitingRow[]>`
    SELECT w.id, w.name, w.project_id AS "projectId", w.cpus, w.memory_mb AS "memoryMb", w.gpus,
           w.reason
    FROM workload w
    LEFT JOIN environment_revision r ON r.id = w.environment_revision_id
    LEFT JOIN snapshot s ON s.id = w.snapshot_id
    WHERE w.state = 'queued'
      AND (w.not_before IS NULL OR w.not_before <= now())
      AND (r.id IS NULL OR r.state = 'ready')
      AND (s.id IS NULL OR s.state = 'ready')
    ORDER BY w.priority DESC, w.created_at, w.id
    LIMIT ${PASS_SIZE}`;
}

async function writePlacement(
  tx: Transaction,
  placement: Placement,
  projectId: string,
): Promise<void> {
  const { id } = placement;
  const { count } = await tx.workload.updateMany({
    where: { id, state: "queued" },
    data: { state: "starting", reason: null, notBefore: null },
  });
  if (count === 0) return;
  const number = (await tx.attempt.count({ where: { workloadId: id } })) + 1;
  await tx.attempt.create({
    data: {
      id: newId(),
      workloadId: id,
      number,
      state: "starting",
      nodeId: placement.node,
      gpuIndexes: [...placement.gpuIndexes],
    },
  });
  await publishEvent(tx, {
    type: "job.changed",
    projectId,
    subject: id,
    data: { state: "starting" },
  });
}

async function writeReasons(
  tx: Transaction,
  waiting: readonly WaitingRow[],
  reasons: ReadonlyMap<string, string>,
): Promise<void> {
  const changed = waiting.filter((row) => {
    const reason = reasons.get(row.id);
    return reason !== undefined && reason !== row.reason;
  });
  if (changed.length === 0) return;
  const ids = changed.map((row) => row.id);
  const texts = ids.map((id) => reasons.get(id) ?? "");
  await tx.$executeRaw`
    UPDATE workload SET reason = new.reason
    FROM unnest(${ids}::text[], ${texts}::text[]) AS new(id, reason)
    WHERE workload.id = new.id AND workload.state = 'queued'`;
  await publishEvent(tx, { type: "queue.changed", projectId: null, subject: "queue" });
}

async function nextRetryIn(tx: Transaction): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ ms: number | null }[]>`
    SELECT (extract(epoch FROM min(not_before) - now()) * 1000)::float8 AS ms
    FROM workload WHERE state = 'queued' AND not_before > now()`;
  return row?.ms ?? null;
}

/**
 * One scheduling pass: gives waiting workloads their places, in order of priority and age, and
 * tells the others why they wait. A place is an attempt in "starting" on a node.
 */
export async function dispatchWorkloads(ctx: Context): Promise<DispatchResult> {
  return ctx.db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${DISPATCH_LOCK})`;
    await settleUnready(ctx, tx);
    const rows = await readWaiting(tx);
    if (rows.length > 0) {
      const waiting = rows.map(({ projectId, ...row }) => ({ ...row, group: projectId }));
      const plan = placeWorkloads(waiting, await readWorld(ctx, tx));
      const projects = new Map(rows.map((row) => [row.id, row.projectId]));
      for (const placement of plan.placements) {
        await writePlacement(tx, placement, projects.get(placement.id) ?? "");
      }
      await writeReasons(tx, rows, plan.reasons);
      return { placed: plan.placements.length, nextInMs: await nextRetryIn(tx) };
    }
    return { placed: 0, nextInMs: await nextRetryIn(tx) };
  });
}
