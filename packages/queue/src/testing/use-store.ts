import { Writable } from "node:stream";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { createQueue, type JobQueue, type QueueOptions } from "../create-queue.ts";
import type { Catalogue } from "../define-job.ts";
import { testJobs } from "./jobs.ts";
import { startPostgresStore } from "./postgres-store.ts";
import { startRedisStore } from "./redis-store.ts";
import type { Place, Store } from "./store.ts";

/** Every store that the conformance tests run on. */
export const stores = [
  { name: "PostgreSQL", start: startPostgresStore },
  { name: "Redis", start: startRedisStore },
];

export type TestQueue = JobQueue<typeof testJobs>;

export interface StoreInTest {
  store(): Store;
  place(): Place;
  /** A queue on this test's place, closed when the test ends. */
  open(options?: Partial<QueueOptions<typeof testJobs>>): Promise<TestQueue>;
  /** The same with other jobs in its catalogue. */
  openWith<Jobs extends Catalogue>(catalogue: Jobs): Promise<JobQueue<Jobs>>;
  /** What the queues of this test have logged. */
  logged(): string;
}

/** Starts a store for a file's tests, and gives each test a fresh place in it. */
export function useStore(start: () => Promise<Store>): StoreInTest {
  let store: Store;
  let place: Place;
  let lines: string[] = [];
  let opened: { close(): Promise<void> }[] = [];
  beforeAll(async () => {
    store = await start();
  });
  beforeEach(async () => {
    place = await store.fresh();
    lines = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((queue) => queue.close()));
    opened = [];
  });
  afterAll(() => store.close());

  const log = pino(
    { level: "debug" },
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    }),
  );
  const keep = <Queue extends { close(): Promise<void> }>(queue: Queue): Queue => {
    opened.push(queue);
    return queue;
  };
  return {
    store: () => store,
    place: () => place,
    open: async (options) =>
      keep(await createQueue({ ...place, catalogue: testJobs, log, ...options })),
    openWith: async (catalogue) => keep(await createQueue({ ...place, catalogue, log })),
    logged: () => lines.join(""),
  };
}
