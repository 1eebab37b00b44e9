import { PlatformError } from "@tessera/contracts/errors";
import { newId } from "@tessera/kit/ids";
import type { JobsOptions } from "bullmq";
import type { AnyQueue, Backend, OnError } from "./backend.ts";
import { type Catalogue, type JobDefinition, queuesOf } from "./define-job.ts";

/** How one job is added. */
export interface AddOptions {
  /** The same job with the same id is one job, also while its completion is remembered. */
  readonly id?: string;
  readonly delayMs?: number;
  /** 1 runs before 2; jobs without a priority run before all that have one. */
  readonly priority?: number;
  /** At most one waits per key; an add while one runs makes one more run. Replaces the id. */
  readonly deduplicationKey?: string;
}

export interface QueueCounts {
  readonly waiting: number;
  readonly delayed: number;
  readonly active: number;
  readonly completed: number;
  readonly failed: number;
}

export interface Entry extends AddOptions {
  readonly job: string;
  readonly payload: unknown;
}

export interface Producer {
  addMany(entries: readonly Entry[]): Promise<void>;
  counts(): Promise<Record<string, QueueCounts>>;
  close(): Promise<void>;
}

/** How long and how many finished jobs are kept; until then their ids are known. */
const keepCompleted = { age: 24 * 3600, count: 500 };
const keepFailed = { age: 7 * 24 * 3600, count: 500 };
const chunkSize = 1_000;
const maxPriority = 2 ** 21 - 1;
const maxDelayMs = 366 * 24 * 3600 * 1_000;
// Nothing reads BullMQ's own event stream.
const streams = { events: { maxLen: 100 } };

/** The adding side: opens each queue of the catalogue. */
export async function openProducer(
  backend: Backend,
  catalogue: Catalogue,
  onError: OnError,
): Promise<Producer> {
  const queues = new Map<string, AnyQueue>();
  for (const name of queuesOf(catalogue).keys()) {
    const queue = backend.openQueue(name, { streams });
    queue.on("error", onError);
    queues.set(name, queue);
  }
  await Promise.all([...queues.values()].map((queue) => queue.waitUntilReady()));
  return {
    addMany: (entries) => addMany(entries, { backend, catalogue, queues }),
    counts: () => reach(backend, () => countAll(queues)),
    close: async () => {
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
    },
  };
}

interface Opened {
  readonly backend: Backend;
  readonly catalogue: Catalogue;
  readonly queues: ReadonlyMap<string, AnyQueue>;
}

async function addMany(entries: readonly Entry[], opened: Opened): Promise<void> {
  const byQueue = new Map<AnyQueue, { name: string; data: unknown; opts: JobsOptions }[]>();
  for (const entry of entries) {
    const definition = definitionOf(opened.catalogue, entry);
    const queue = opened.queues.get(definition.queue);
    if (!queue) throw new PlatformError("internal", `No queue is named ${definition.queue}`);
    const jobs = byQueue.get(queue) ?? [];
    jobs.push({ name: entry.job, data: entry.payload, opts: optionsOf(entry, definition) });
    byQueue.set(queue, jobs);
  }
  await reach(opened.backend, async () => {
    for (const [queue, jobs] of byQueue) {
      const [only] = jobs;
      if (jobs.length === 1 && only) await queue.add(only.name, only.data, only.opts);
      else await addChunks(queue, jobs);
    }
  });
}

async function addChunks(queue: AnyQueue, jobs: Parameters<AnyQueue["addBulk"]>[0]): Promise<void> {
  for (let from = 0; from < jobs.length; from += chunkSize) {
    await queue.addBulk(jobs.slice(from, from + chunkSize));
  }
}

/** The entry's definition, once its payload is seen to be right. */
function definitionOf(catalogue: Catalogue, { job, payload }: Entry): JobDefinition {
  const definition = Object.hasOwn(catalogue, job) ? catalogue[job] : undefined;
  if (!definition) throw new PlatformError("invalid_argument", `No job is named "${job}"`);
  const parsed = definition.payload.safeParse(payload);
  if (parsed.success) return definition;
  const issues = parsed.error.issues.map(({ path, message }) => ({
    path: path.join("."),
    message,
  }));
  const words = issues.map(({ path, message }) => `${path || "payload"}: ${message}`).join("; ");
  throw new PlatformError("invalid_argument", `The payload of ${job} is not right: ${words}`, {
    issues,
  });
}

function optionsOf(entry: Entry, definition: JobDefinition): JobsOptions {
  const { id = newId(), delayMs = 0, priority, deduplicationKey } = entry;
  check(/^[\w.~-]{1,200}$/.test(id), `id "${id}" must be 1 to 200 letters, digits or . _ ~ -`);
  check(isWhole(delayMs, 0, maxDelayMs), `delayMs must be a whole number to ${maxDelayMs}`);
  check(
    priority === undefined || isWhole(priority, 1, maxPriority),
    `priority must be a whole number from 1 to ${maxPriority}`,
  );
  check(!deduplicationKey || delayMs === 0, "deduplicationKey and delayMs exclude each other");
  // A delayed job must not hold back one that is wanted now, so it is not deduplicated.
  const key = deduplicationKey ?? (definition.deduplicated && delayMs === 0 ? "" : undefined);
  return {
    // One finished job per id is remembered, and a key outliving it would block later adds.
    jobId: `${definition.name}/${key === undefined ? id : newId()}`,
    attempts: definition.attempts,
    backoff: { type: definition.backoff.type, delay: definition.backoff.delayMs },
    removeOnComplete: keepCompleted,
    removeOnFail: keepFailed,
    stackTraceLimit: 5,
    ...(delayMs > 0 && { delay: delayMs }),
    ...(priority !== undefined && { priority }),
    ...(key !== undefined && {
      deduplication: { id: `${definition.name}/${key}`, keepLastIfActive: true },
    }),
  };
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isSafeInteger(value) && value >= min && value <= max;
}

function check(right: boolean, words: string): void {
  if (!right) throw new PlatformError("invalid_argument", `A job cannot be added: ${words}`);
}

async function countAll(
  queues: ReadonlyMap<string, AnyQueue>,
): Promise<Record<string, QueueCounts>> {
  const all: Record<string, QueueCounts> = {};
  for (const [name, queue] of queues) {
    const counts = await queue.getJobCounts();
    const of = (state: string): number => counts[state] ?? 0;
    all[name] = {
      waiting: of("waiting") + of("prioritized") + of("paused"),
      delayed: of("delayed"),
      active: of("active"),
      completed: of("completed"),
      failed: of("failed"),
    };
  }
  return all;
}

async function reach<Result>(backend: Backend, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (backend.isUnreachable(cause)) {
      throw new PlatformError("unavailable", "The job queue cannot be reached", { cause });
    }
    throw new PlatformError("internal", "The job queue refused the request", { cause });
  }
}
