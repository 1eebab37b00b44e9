import type { Job, Queue, QueueOptions, Worker, WorkerOptions } from "bullmq";

/** A producer's end of one queue, whichever store is behind it. */
export type AnyQueue = Queue<unknown, unknown, string>;
/** A consumer's end of one queue, whichever store is behind it. */
export type AnyWorker = Worker<unknown, unknown, string>;
/** Runs one job; BullMQ passes the token that holds its lock, and a signal. */
export type Process = (job: Job, token?: string, signal?: AbortSignal) => Promise<void>;

/** The options of a worker of ours; the connection is the backend's matter. */
export type ConsumerOptions = Omit<WorkerOptions, "connection">;
export type ProducerOptions = Omit<QueueOptions, "connection">;

/** The store behind the queues: PostgreSQL or Redis. Errors go to `onError`, never unhandled. */
export interface Backend {
  openQueue(name: string, options: ProducerOptions): AnyQueue;
  openWorker(name: string, process: Process, options: ConsumerOptions): AnyWorker;
  /** Whether an error means that the store cannot be reached, so a later try may do. */
  isUnreachable(error: unknown): boolean;
  /** Closes every connection; to be called after the queues and workers are closed. */
  close(): Promise<void>;
}

/** Reports a fault of a connection that will be tried again. */
export type OnError = (error: Error) => void;
