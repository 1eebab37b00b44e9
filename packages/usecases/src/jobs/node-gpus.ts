import { z } from "zod";

/** A node that has not been heard of for so long gets no new workloads. */
export const NODE_SILENCE_MS = 30_000;

/** The GPUs of a node, as its row has them. */
export const NodeGpus = z.array(z.object({ index: z.number().int(), name: z.string() }));
