import type { Transaction } from "@tessera/db/client";
import type { Holding, NodeCapacity } from "@tessera/scheduling/place-workloads";
import { z } from "zod";
import type { Context } from "../platform/platform.ts";

/** A node that has not been heard of for so long gets no new workloads. */
export const NODE_SILENCE_MS = 30_000;

export const NodeGpus = z.array(z.object({ index: z.number().int(), name: z.string() }));

interface World {
  readonly nodes: NodeCapacity[];
  readonly holding: Holding[];
}

/** The nodes that are alive, and what is held on them. */
export async function readWorld(ctx: Context, tx: Transaction): Promise<World> {
  const since = new Date(ctx.clock.now().getTime() - NODE_SILENCE_MS);
  const nodes = await tx.node.findMany({ where: { seenAt: { gt: since } } });
  const attempts = await tx.attempt.findMany({
    where: { state: { in: ["starting", "running"] } },
    include: { workload: true },
  });
  return {
    nodes: nodes.map(({ id, cpus, memoryMb, gpus }) => ({
      id,
      cpus,
      memoryMb,
      gpuIndexes: NodeGpus.parse(gpus).map((gpu) => gpu.index),
    })),
    holding: attempts.map(({ workload, nodeId, gpuIndexes }) => ({
      id: workload.id,
      name: workload.name,
      group: workload.projectId,
      cpus: workload.cpus,
      memoryMb: workload.memoryMb,
      gpus: workload.gpus,
      node: nodeId ?? "",
      gpuIndexes,
    })),
  };
}
