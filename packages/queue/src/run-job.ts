import { setTimeout as startTimer } from "node:timers";
import { setTimeout } from "node:timers/promises";
import { type Job, UnrecoverableError, WaitingError } from "bullmq";
import type { Logger } from "@tessera/kit/logger";
import type { z } from "zod";
import type { Process } from "./backend.ts";
import type { JobDefinition } from "./define-job.ts";

/** What a handler gets. It may run twice for one job and must end with the same result. */
export interface JobContext<Payload> {
  readonly payload: Payload;
  /** The id given to `add`; a random one for a deduplicated job. */
  readonly id: string;
  /** 1 for the first attempt. A worker that died during an attempt does not count. */
  readonly attempt: number;
  /** Aborts at the timeout, when this process stops, and when the job went to another worker. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

export type Handler<Payload> = (context: JobContext<Payload>) => Promise<void>;

/** A catalogue entry with the function that does its work. */
export interface HandledJob {
  readonly definition: JobDefinition;
  readonly handler: Handler<never>;
}

export interface ProcessOptions {
  readonly jobs: ReadonlyMap<string, HandledJob>;
  /** Aborts when running handlers must end because this process stops. */
  readonly stopping: AbortSignal;
  /** Holds each handler's run while it lasts. */
  readonly running: Set<Promise<void>>;
  /** How long an aborted handler may take to settle before it is given up. */
  readonly abortGraceMs: number;
  readonly log: Logger;
}

/** Why a handler's signal aborts. */
export type AbortCause = "timeout" | "stopping" | "lost";

/** Why a handler's signal aborted, and whether the handler heeded it. */
class Aborted extends Error {
  readonly why: AbortCause;
  readonly heeded: boolean;

  constructor(why: AbortCause, message: string, heeded = true) {
    super(message);
    this.name = "Aborted";
    this.why = why;
    this.heeded = heeded;
  }
}

/** Why a handler's signal has aborted; undefined while it has not. */
export function abortCause(signal: AbortSignal): AbortCause | undefined {
  return signal.reason instanceof Aborted ? signal.reason.why : undefined;
}

/** The function that BullMQ calls for each job of one queue. */
export function createProcess(options: ProcessOptions): Process {
  return async (job, token, lost) => {
    const handled = options.jobs.get(job.name);
    if (!handled) throw new UnrecoverableError(`No job is named "${job.name}"`);
    const parsed = handled.definition.payload.safeParse(job.data);
    if (!parsed.success) throw new UnrecoverableError(payloadFault(job.name, parsed.error));
    const log = options.log.child({ job: job.name, id: idOf(job), attempt: job.attemptsMade + 1 });
    const run = { job, handled, payload: parsed.data, lost, log };
    const running = runHandler(run, options);
    options.running.add(running);
    try {
      await running;
    } catch (error) {
      if (!(error instanceof Aborted) || error.why !== "stopping") throw error;
      // A handler that runs on keeps its lock, so that nobody starts the job beside it.
      if (error.heeded) await job.moveToWait(token);
      throw new WaitingError(error.message);
    } finally {
      options.running.delete(running);
    }
  };
}

interface Run {
  readonly job: Job;
  readonly handled: HandledJob;
  readonly payload: unknown;
  readonly lost: AbortSignal | undefined;
  readonly log: Logger;
}

async function runHandler(run: Run, options: ProcessOptions): Promise<void> {
  const { definition, handler } = run.handled;
  const controller = new AbortController();
  const late = new Aborted("timeout", `Timed out after ${definition.timeoutMs} ms`);
  const timer = startTimer(() => controller.abort(late), definition.timeoutMs);
  const unlink = [
    link(options.stopping, controller, new Aborted("stopping", "This worker is stopping")),
    link(run.lost, controller, new Aborted("lost", "The job was taken up by another worker")),
  ];
  const context: JobContext<never> = {
    payload: run.payload as never,
    id: idOf(run.job),
    attempt: run.job.attemptsMade + 1,
    signal: controller.signal,
    log: run.log,
  };
  try {
    await untilSettled(handler, context, options.abortGraceMs);
  } finally {
    clearTimeout(timer);
    for (const stop of unlink) stop();
  }
}

/** Waits for the handler, and once its signal aborts no longer than the grace. */
async function untilSettled(
  handler: Handler<never>,
  context: JobContext<never>,
  graceMs: number,
): Promise<void> {
  const { signal, log } = context;
  const work = Promise.resolve(context).then(handler);
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });
  try {
    await Promise.race([work, aborted]);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (!signal.aborted) return;
  // What a handler returns or throws once aborted is a consequence; the reason says why.
  const ended = work.then(
    () => true,
    () => true,
  );
  const reason = signal.reason as Aborted;
  if (await Promise.race([ended, setTimeout(graceMs, false, { ref: false })])) throw reason;
  log.error({ reason: reason.message }, `The handler still runs ${graceMs} ms after its abort`);
  throw new Aborted(reason.why, `${reason.message}; its handler did not stop`, false);
}

function link(
  source: AbortSignal | undefined,
  target: AbortController,
  reason: Aborted,
): () => void {
  const abort = (): void => target.abort(reason);
  if (source?.aborted) abort();
  source?.addEventListener("abort", abort, { once: true });
  return () => source?.removeEventListener("abort", abort);
}

function idOf(job: Job): string {
  return (job.id ?? "").slice(job.name.length + 1);
}

/** Says what is wrong with a payload, and where. */
export function payloadFault(job: string, error: z.ZodError): string {
  const faults = error.issues.map(
    ({ path, message }) => `${path.join(".") || "payload"}: ${message}`,
  );
  return `The payload of ${job} is not right: ${faults.join("; ")}`;
}
