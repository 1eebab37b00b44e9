import { setTimeout as delay } from "node:timers/promises";
import { ApiError, UnreachableError } from "@tessera/client/api-error";

const PAUSE_MS = 1000;

/** Whether a failure may be gone when the same is asked again: no answer, or an overload. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ApiError) {
    return (error.status >= 500 && error.code !== "disk_full") || error.status === 429;
  }
  return error instanceof UnreachableError;
}

/** Asks again until there is an answer: a platform that is started again is waited for. */
export async function persist<T>(ask: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (signal?.aborted === true || !isPassing(error)) throw error;
    }
    await delay(PAUSE_MS, undefined, signal === undefined ? {} : { signal });
  }
}
