import type { PoolClient } from "@tessera/db/transaction";
import type { Holding, NodeCapacity, World } from "@tessera/scheduling/world";
import { type WaitingRow, waitingSql } from "./read-waiting.ts";
import { NODE_SILENCE_MS, NodeGpus } from "./node-gpus.ts";
import { type UnreadyRow, unreadySql } from "./settle-unready.ts";
import { liveStates } from "./workload-state.ts";

/** All that a scheduling pass has to know, as of one moment. */
export interface PassFacts {
  readonly world: World;
  /** The first of the queue. */
  readonly waiting: readonly WaitingRow[];
  /** What waits for an environment or for code. */
  readonly unready: readonly UnreadyRow[];
  /** When the next workload comes due that waits before a retry. */
  readonly nextRetry: Date | null;
}

interface PassRow {
  readonly nodes: readonly (Omit<NodeCapacity, "gpuIndexes"> & { readonly gpus: unknown })[];
  readonly holding: readonly Holding[];
  readonly waiting: readonly WaitingRow[];
  readonly unready: readonly UnreadyRow[];
  readonly nextRetry: Date | null;
}

const nodesSql = `
  SELECT id, cpus, memory_mb AS "memoryMb", gpus FROM node WHERE seen_at > $9 ORDER BY id`;

const holdingSql = `
  SELECT w.id, w.name, w.project_id AS "group", w.cpus, w.memory_mb AS "memoryMb", w.gpus,
         coalesce(a.node_id, '') AS node, a.gpu_indexes AS "gpuIndexes"
  FROM attempt a JOIN workload w ON w.id = a.workload_id
  WHERE a.state = ANY($10) ORDER BY a.id`;

const nextRetrySql = `
  SELECT min(not_before) FROM workload WHERE state = 'queued' AND not_before > $1`;

function asJson(sql: string): string {
  return `(SELECT coalesce(json_agg(each), '[]') FROM (${sql}) AS each)`;
}

// One statement, since a pass is on the way of every job from its submission to its start.
const passSql = {
  name: "scheduling-pass",
  text: `SELECT ${asJson(nodesSql)} AS nodes, ${asJson(holdingSql)} AS holding,
                ${asJson(waitingSql)} AS waiting, ${asJson(unreadySql)} AS unready,
                (${nextRetrySql}) AS "nextRetry"`,
};

/** Reads what a pass needs; at most `limit` of those that wait. */
export async function readPass(
  client: PoolClient,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<PassFacts> {
  const since = new Date(now.getTime() - NODE_SILENCE_MS);
  const all = [null, null, null, null, null, null];
  const values = [now, limit, ...all, since, [...liveStates]];
  const { rows } = await client.query<PassRow>({ ...passSql, values });
  const [row] = rows;
  if (row === undefined) throw new Error("A query without a table answered nothing");
  const { nodes, holding, ...facts } = row;
  const capacities = nodes.map(({ gpus, ...node }) => ({
    ...node,
    gpuIndexes: NodeGpus.parse(gpus).map((gpu) => gpu.index),
  }));
  return { ...facts, world: { nodes: capacities, holding } };
}
