import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let current = Date.now();

function tick() {
  current = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  if (timer === undefined) {
    current = Date.now();
    timer = setInterval(tick, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * The time in ms, rounded down to `stepMs` (at least a second): one clock for the whole page, so
 * that all times change together and a component re-renders only when its own step passes.
 * Undefined while the server draws the page: its clock is not the reader's.
 */
export function useNow(stepMs = 1000): number | undefined {
  const read = () => Math.floor(current / stepMs) * stepMs;
  return useSyncExternalStore<number | undefined>(subscribe, read, () => undefined);
}
