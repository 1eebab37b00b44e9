import { setTimeout as startTimer } from "node:timers";
import { setTimeout } from "node:timers/promises";
import { PlatformError } from "@tessera/contracts/errors";
import type { Logger } from "@tessera/kit/logger";
import type { AnyWorker, Backend, OnError } from "./backend.ts";
import { type Catalogue, type JobDefinition, queuesOf } from "./define-job.ts";
import { createProcess, type HandledJob, type Handler } from "./run-job.ts";

export interface ConsumerSettings {
  readonly backend: Backend;
  readonly catalogue: Catalogue;
  readonly handlers: Readonly<Record<string, Handler<never> | undefined>>;
  readonly timing: Timing;
  readonly log: Logger;
  readonly onError: OnError;
}

/** Times in milliseconds that decide how fast faults are noticed. */
export interface Timing {
  /** A worker that says nothing for this long is taken for dead. */
  readonly lockMs: number;
  /** How often jobs of dead workers are looked for. */
  readonly stalledCheckMs: number;
  /** How long running handlers may go on once the worker stops, before their signals abort. */
  readonly stopGraceMs: number;
  /** How long a handler may take to settle after its signal aborted. */
  readonly abortGraceMs: number;
}

export const defaultTiming: Timing = {
  lockMs: 30_000,
  stalledCheckMs: 10_000,
  stopGraceMs: 5_000,
  abortGraceMs: 5_000,
};

export interface Consumer {
  stop(): Promise<void>;
}

// A job during which its process dies this often is taken for the cause, and fails.
const maxDeaths = 5;
const idlePollSeconds = 10;
const retryMs = 1_000;
const closeMarginMs = 3_000;

/** What the workers of one `work` have in common. */
interface Group {
  readonly settings: ConsumerSettings;
  readonly stopping: AbortController;
  readonly running: Set<Promise<void>>;
}

/** Starts one worker for each queue that has handlers; resolves once they wait for jobs. */
export async function startConsumer(settings: ConsumerSettings): Promise<Consumer> {
  const group: Group = { settings, stopping: new AbortController(), running: new Set() };
  const workers = handledQueues(settings).map(([queue, jobs]) => startWorker(queue, jobs, group));
  const consumer = { stop: once(() => stop(workers, group)) };
  try {
    await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  } catch (cause) {
    await consumer.stop();
    throw new PlatformError("unavailable", "The job queue cannot be reached", { cause });
  }
  return consumer;
}

function handledQueues({ catalogue, handlers }: ConsumerSettings): [string, HandledJob[]][] {
  for (const name of Object.keys(handlers)) {
    if (!Object.hasOwn(catalogue, name)) throw new Error(`No job is named "${name}"`);
  }
  return [...queuesOf(catalogue)].flatMap(([queue, definitions]) => {
    const handled = definitions.flatMap((definition): HandledJob[] => {
      const handler = handlers[definition.name];
      return handler ? [{ definition, handler }] : [];
    });
    if (handled.length > 0 && handled.length < definitions.length) {
      const missing = definitions.filter(({ name }) => !handlers[name]).map(({ name }) => name);
      throw new Error(`Whoever works the queue ${queue} must also handle ${missing.join(", ")}`);
    }
    return handled.length > 0 ? [[queue, handled]] : [];
  });
}

function startWorker(queue: string, jobs: readonly HandledJob[], group: Group): AnyWorker {
  const { backend, timing, log, onError } = group.settings;
  const process = createProcess({
    jobs: new Map(jobs.map((job) => [job.definition.name, job])),
    stopping: group.stopping.signal,
    running: group.running,
    abortGraceMs: timing.abortGraceMs,
    log,
  });
  const worker = backend.openWorker(queue, process, {
    concurrency: Math.max(...jobs.map(({ definition }) => definition.concurrency)),
    lockDuration: timing.lockMs,
    stalledInterval: timing.stalledCheckMs,
    maxStalledCount: maxDeaths,
    drainDelay: idlePollSeconds,
    runRetryDelay: retryMs,
  });
  worker.on("error", onError);
  worker.on("stalled", (id) => log.warn({ queue, id }, "Took up a job whose worker had died"));
  worker.on("lockRenewalFailed", (ids) => {
    for (const id of ids) worker.cancelJob(id);
  });
  worker.on("failed", (job, error) => {
    const made = job?.attemptsMade ?? 0;
    const definition = jobs.find((one) => one.definition.name === job?.name)?.definition;
    const fields = { queue, id: job?.id, attempt: made, err: error };
    if (final(made, definition, error)) log.error(fields, "A job failed for good");
    else log.warn(fields, "A job failed and will be tried again");
  });
  return worker;
}

function final(made: number, definition: JobDefinition | undefined, error: Error): boolean {
  return error.name === "UnrecoverableError" || made >= (definition?.attempts ?? 1);
}

/** Lets running handlers finish, then aborts them; gives up on a store that does not answer. */
async function stop(workers: readonly AnyWorker[], group: Group): Promise<void> {
  const { timing, log } = group.settings;
  const closed = Promise.allSettled(workers.map((worker) => worker.close())).then(() => true);
  const abort = startTimer(() => group.stopping.abort(), timing.stopGraceMs);
  if (!(await Promise.race([closed, idleFor(closeMarginMs, group.running)]))) {
    log.error("The job queue did not let its workers close; their jobs will be taken up again");
  }
  clearTimeout(abort);
}

/** Resolves with false once no handler has run for this long. */
async function idleFor(ms: number, running: ReadonlySet<Promise<void>>): Promise<false> {
  do {
    await Promise.allSettled(running);
    await setTimeout(ms, undefined, { ref: false });
  } while (running.size > 0);
  return false;
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}
