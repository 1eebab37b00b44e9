import type { Logger } from "@tessera/kit/logger";
import type { OnError } from "./backend.ts";

const quietMs = 30_000;
const maxKinds = 100;

/** Logs faults that repeat many times a second during an outage once per half minute each. */
export function faultLog(log: Logger): OnError {
  const seen = new Map<string, { at: number; more: number }>();
  return (error) => {
    const known = seen.get(error.message);
    if (known && Date.now() - known.at < quietMs) {
      known.more += 1;
      return;
    }
    if (seen.size >= maxKinds) seen.clear();
    seen.set(error.message, { at: Date.now(), more: 0 });
    log.error({ err: error, repeated: known?.more ?? 0 }, "The job queue has a fault");
  };
}
