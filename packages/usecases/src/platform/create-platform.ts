import type { BlobStore } from "@tessera/blobs/blob-store";
import { createDatabase, type Database } from "@tessera/db/client";
import { migrateDatabase } from "@tessera/db/migrate";
import { type Clock, systemClock } from "@tessera/kit/clock";
import type { Logger } from "@tessera/kit/logger";
import { createPointWriter } from "@tessera/metrics/point-writer";
import { createQueue, type JobQueue } from "@tessera/queue/create-queue";
import { createEventFeed } from "../events/event-feed.ts";
import { startOutboxRelay } from "../jobs/start-outbox-relay.ts";
import { createRunActivity } from "../tracking/run-activity.ts";
import type { Platform, PlatformSettings } from "./platform.ts";
import { sqlMigrations } from "./sql-migrations.ts";

export interface PlatformOptions {
  readonly databaseUrl: string;
  /** Queue in Redis instead of PostgreSQL. */
  readonly redisUrl?: string | undefined;
  readonly blobs: BlobStore;
  readonly settings: Pick<PlatformSettings, "publicUrl"> & Partial<PlatformSettings>;
  readonly log: Logger;
  readonly clock?: Clock;
  /** Most database connections; 10 unless told. */
  readonly poolSize?: number;
  /** Shown among the database's connections: "tessera-server". */
  readonly applicationName?: string;
}

export interface RunningPlatform extends Platform {
  readonly queue: JobQueue;
  /** Resolves when the database and the queue answer; throws what is wrong otherwise. */
  checkReady(): Promise<void>;
  /** Lets what runs end, then closes every connection. Safe to call twice. */
  stop(): Promise<void>;
}

const defaults: Omit<PlatformSettings, "publicUrl"> = {
  contentHost: "localhost",
  maxSnapshotBytes: 100 * 1024 * 1024,
  currency: "USD",
  version: "0.1.0",
  oidcProviders: [],
};

/** How long a message waits whose process died between its commit and its wake. */
const outboxSweepMs = 2000;

/**
 * Brings the database up to date and opens everything that use cases stand on; the one place
 * where the parts are put together.
 */
export async function createPlatform(options: PlatformOptions): Promise<RunningPlatform> {
  const { log } = options;
  const applied = await migrateDatabase({ url: options.databaseUrl, sql: sqlMigrations });
  if (applied.length > 0) log.info({ applied }, "Brought the database up to date");
  const db = createDatabase({
    url: options.databaseUrl,
    poolSize: options.poolSize ?? 10,
    applicationName: options.applicationName ?? "tessera",
    onConnectionError: (error) => log.warn({ err: error }, "Lost an idle database connection"),
  });
  try {
    const queue = await createQueue({
      databaseUrl: options.databaseUrl,
      redisUrl: options.redisUrl,
      log: log.child({ part: "queue" }),
    });
    return assemble(options, { db, queue });
  } catch (error) {
    await db.close();
    throw error;
  }
}

function assemble(
  { blobs, log, clock = systemClock, settings }: PlatformOptions,
  { db, queue }: { readonly db: Database; readonly queue: JobQueue },
): RunningPlatform {
  const points = createPointWriter(db.pool);
  const runActivity = createRunActivity({ pool: db.pool, log });
  const events = createEventFeed({ pool: db.pool, log });
  const platform: Platform = {
    db,
    blobs,
    clock,
    log,
    settings: { ...defaults, ...settings },
    points,
    runActivity,
    events,
    outboxWritten: () => relay.wake(),
  };
  const relay = startOutboxRelay(platform, queue, outboxSweepMs);
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await events.stop();
    await points.close();
    await runActivity.stop();
    await relay.stop();
    await queue.close();
    await db.close();
  };
  return {
    ...platform,
    queue,
    checkReady: async () => {
      await db.pool.query("SELECT 1 FROM project LIMIT 1");
      await queue.counts();
    },
    stop: () => (stopping ??= stop()),
  };
}
