import type { JobQueue } from "@tessera/queue/create-queue";
import type { Platform } from "../platform/platform.ts";
import { relayOutbox } from "./relay-outbox.ts";

export interface OutboxRelay {
  /** Asks for a relay now; calls that come while one runs make one more. */
  wake(): void;
  stop(): Promise<void>;
}

/**
 * Keeps the outbox empty: at once after each `wake`, and every `sweepMs` for what a process that
 * died between its commit and its wake left behind.
 */
export function startOutboxRelay(
  platform: Pick<Platform, "db" | "log">,
  queue: JobQueue,
  sweepMs: number,
): OutboxRelay {
  let wanted = false;
  let stopped = false;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (wanted && !stopped) {
      wanted = false;
      await relayOutbox(platform, queue).catch((error: unknown) =>
        platform.log.warn({ err: error }, "The outbox could not be relayed; trying again"),
      );
    }
  }
  function wake(): void {
    wanted = true;
    running ??= run().finally(() => {
      running = undefined;
      if (wanted && !stopped) wake();
    });
  }
  const timer = setInterval(wake, sweepMs);
  wake();
  return {
    wake,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
