import type { PoolClient } from "@tessera/db/transaction";
import type { World } from "@tessera/scheduling/world";
import { z } from "zod";
import type { Context } from "../platform/platform.ts";
import { liveStates } from "./workload-state.ts";

/** A node that has not been heard of for so long gets no new workloads. */
export const NODE_SILENCE_MS = 30_000;

export const NodeGpus = z.array(z.object({ index: z.number().int(), name: z.string() }));

interface NodeRow {
  readonly id: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly gpus: unknown;
}

interface HoldingRow {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly gpus: number;
  readonly node: string | null;
  readonly gpuIndexes: number[];
}

const nodesSql = {
  name: "live-nodes",
  text: `SELECT id, cpus, memory_mb AS "memoryMb", gpus FROM node WHERE seen_at > $1 ORDER BY id`,
};

const holdingSql = {
  name: "holding",
  text: `SELECT w.id, w.name, w.project_id AS "group", w.cpus, w.memory_mb AS "memoryMb", w.gpus,
                a.node_id AS node, a.gpu_indexes AS "gpuIndexes"
         FROM attempt a JOIN workload w ON w.id = a.workload_id
         WHERE a.state = ANY($1) ORDER BY a.id`,
};

/** The nodes that are alive, and what is held. */
export async function readWorld(ctx: Context, client: PoolClient): Promise<World> {
  const since = new Date(ctx.clock.now().getTime() - NODE_SILENCE_MS);
  const nodes = await client.query<NodeRow>({ ...nodesSql, values: [since] });
  const holding = await client.query<HoldingRow>({ ...holdingSql, values: [[...liveStates]] });
  return {
    nodes: nodes.rows.map(({ gpus, ...node }) => ({
      ...node,
      gpuIndexes: NodeGpus.parse(gpus).map((gpu) => gpu.index),
    })),
    holding: holding.rows.map((row) => ({ ...row, node: row.node ?? "" })),
  };
}
