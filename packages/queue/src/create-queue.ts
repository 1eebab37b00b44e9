import { PlatformError } from "@tessera/contracts/errors";
import { createLogger, type Logger } from "@tessera/kit/logger";
import type { Backend, OnError } from "./backend.ts";
import { catalogue as platformCatalogue, type PlatformCatalogue } from "./catalogue.ts";
import { type Consumer, defaultTiming, startConsumer, type Timing } from "./consumer.ts";
import type { Catalogue, JobName, Payload, PayloadInput } from "./define-job.ts";
import { faultLog } from "./fault-log.ts";
import { openPostgresBackend } from "./postgres-backend.ts";
import { type AddOptions, openProducer, type Producer, type QueueCounts } from "./producer.ts";
import { openRedisBackend } from "./redis-backend.ts";
import type { Handler } from "./run-job.ts";
import { createScheduler } from "./schedule.ts";

export interface QueueOptions<Jobs extends Catalogue> {
  /** PostgreSQL keeps the jobs, in the schema `queue`, unless there is a Redis. */
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
  readonly catalogue?: Jobs;
  readonly timing?: Partial<Timing>;
  readonly log?: Logger;
}

export type Handlers<Jobs extends Catalogue> = {
  readonly [Name in JobName<Jobs>]?: Handler<Payload<Jobs, Name>>;
};

/** One job to add, as `addMany` takes it. */
export type JobEntry<Jobs extends Catalogue> = {
  [Name in JobName<Jobs>]: AddOptions & {
    readonly job: Name;
    readonly payload: PayloadInput<Jobs, Name>;
  };
}[JobName<Jobs>];

/** Jobs that can be repeated: those whose payload may be empty. */
export type RepeatableJob<Jobs extends Catalogue> = {
  [Name in JobName<Jobs>]: Record<string, never> extends PayloadInput<Jobs, Name> ? Name : never;
}[JobName<Jobs>];

export interface JobQueue<Jobs extends Catalogue = PlatformCatalogue> {
  /** Rejects with invalid_argument for a bad payload and unavailable when the store is away. */
  add<Name extends JobName<Jobs>>(
    job: Name,
    payload: PayloadInput<Jobs, Name>,
    options?: AddOptions,
  ): Promise<void>;
  /** Adds all of one queue's jobs or none; nothing is added if any payload is bad. */
  addMany(jobs: readonly JobEntry<Jobs>[]): Promise<void>;
  /** Runs jobs until the signal aborts or the queue closes. Whoever works a queue works all of it. */
  work(handlers: Handlers<Jobs>, options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Adds the job once in each period of `everyMs`, however many processes ask for it. */
  schedule(job: RepeatableJob<Jobs>, everyMs: number): void;
  /** The number of jobs in each state, by queue. */
  counts(): Promise<Record<string, QueueCounts>>;
  /** Stops working, lets handlers end, closes every connection. Safe to call twice. */
  close(): Promise<void>;
}

/** Connects to the store of jobs; rejects with unavailable if it cannot be reached. */
export async function createQueue<Jobs extends Catalogue = PlatformCatalogue>(
  options: QueueOptions<Jobs>,
): Promise<JobQueue<Jobs>> {
  const log = options.log ?? createLogger("queue");
  const onError = faultLog(log);
  const catalogue: Catalogue = options.catalogue ?? platformCatalogue;
  const timing = { ...defaultTiming, ...options.timing };
  const backend = await openBackend(options, onError);
  try {
    const producer = await openProducer(backend, catalogue, onError);
    return assemble(producer, { backend, catalogue, timing, log, onError });
  } catch (cause) {
    await backend.close();
    throw new PlatformError("unavailable", "The job queue cannot be opened", { cause });
  }
}

async function openBackend(
  { databaseUrl, redisUrl }: QueueOptions<Catalogue>,
  onError: OnError,
): Promise<Backend> {
  try {
    if (redisUrl) return await openRedisBackend(redisUrl, onError);
    return await openPostgresBackend(databaseUrl, onError);
  } catch (cause) {
    const store = redisUrl ? "Redis" : "PostgreSQL";
    throw new PlatformError("unavailable", `The job queue cannot reach ${store}`, { cause });
  }
}

function assemble<Jobs extends Catalogue>(
  producer: Producer,
  settings: Omit<Parameters<typeof startConsumer>[0], "handlers">,
): JobQueue<Jobs> {
  const consumers: Consumer[] = [];
  const scheduler = createScheduler(
    (job, id) => producer.addMany([{ job, payload: {}, id }]),
    settings.onError,
  );
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    scheduler.close();
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    await producer.close();
    await settings.backend.close();
  };
  return {
    add: (job, payload, options) => producer.addMany([{ ...options, job, payload }]),
    addMany: (jobs) => producer.addMany(jobs),
    work: async (handlers, { signal } = {}) => {
      if (closing || signal?.aborted) return;
      const consumer = await startConsumer({ ...settings, handlers });
      consumers.push(consumer);
      signal?.addEventListener("abort", () => void consumer.stop(), { once: true });
      if (closing || signal?.aborted) await consumer.stop();
    },
    schedule: (job, everyMs) => scheduler.schedule(job, everyMs),
    counts: () => producer.counts(),
    close: () => (closing ??= close()),
  };
}
