import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "@tessera/db/client";
import type { Logger } from "@tessera/kit/logger";
import { EVENT_CHANNEL } from "./publish-event.ts";

interface ListenOptions {
  readonly pool: Database["pool"];
  readonly log: Logger;
  /** Called for every notification, and after each time that a connection was made. */
  readonly onEvent: () => void;
}

export interface Listener {
  stop(): Promise<void>;
}

const shortestPauseMs = 100;
const longestPauseMs = 5000;

/** Keeps one connection that listens for notifications, and makes a new one when it is lost. */
export function listenForEvents(options: ListenOptions): Listener {
  const stopping = new AbortController();
  const ended = keepListening(options, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function keepListening(options: ListenOptions, signal: AbortSignal): Promise<void> {
  const { onEvent } = options;
  let pauseMs = shortestPauseMs;
  while (!signal.aborted) {
    const connected = (): void => {
      pauseMs = shortestPauseMs;
      onEvent();
    };
    try {
      await listenOnce({ ...options, connected }, signal);
    } catch (error) {
      options.log.warn({ err: error }, "Lost the connection that listens for events; trying again");
    }
    await pause(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

/** Listens on one connection until it is lost, which rejects, or the signal aborts. */
async function listenOnce(
  { pool, onEvent, connected }: ListenOptions & { readonly connected: () => void },
  signal: AbortSignal,
): Promise<void> {
  const connection = await pool.connect();
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
      if (signal.aborted) resolve();
      connection.on("error", reject);
      connection.on("notification", onEvent);
      connection.query(`LISTEN ${EVENT_CHANNEL}`).then(connected, reject);
    });
  } finally {
    // Thrown away rather than handed to somebody who does not want notifications.
    connection.release(true);
  }
}
