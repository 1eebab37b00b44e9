import { PlatformError } from "@tessera/contracts/errors";

const retryMs = 5_000;
const maxEveryMs = 24 * 3600 * 1_000;

export interface Scheduler {
  schedule(job: string, everyMs: number): void;
  close(): void;
}

/** Adds one job for a period; the same id from any number of processes is one job. */
export type AddPeriodic = (job: string, id: string) => Promise<void>;

/**
 * Repeats jobs without stored schedules: time is cut into periods of `everyMs`, and every process
 * that schedules a job adds it with the period's number as its id. A dead process, a lost
 * connection or a changed interval leave nothing behind to repair.
 */
export function createScheduler(add: AddPeriodic, onError: (error: Error) => void): Scheduler {
  const timers = new Map<string, NodeJS.Timeout>();
  let closed = false;
  const tick = async (job: string, everyMs: number): Promise<void> => {
    const period = Math.floor(Date.now() / everyMs);
    let waitMs = (period + 1) * everyMs - Date.now();
    try {
      await add(job, `every-${everyMs}-${period}`);
    } catch (error) {
      onError(error as Error);
      waitMs = Math.min(waitMs, retryMs);
    }
    if (!closed)
      timers.set(
        job,
        setTimeout(() => void tick(job, everyMs), Math.max(waitMs, 1)),
      );
  };
  return {
    schedule(job, everyMs) {
      if (!Number.isSafeInteger(everyMs) || everyMs < 1 || everyMs > maxEveryMs) {
        const words = `${job} cannot repeat every ${everyMs} ms: 1 ms to a day is possible`;
        throw new PlatformError("invalid_argument", words);
      }
      clearTimeout(timers.get(job));
      void tick(job, everyMs);
    },
    close() {
      closed = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
