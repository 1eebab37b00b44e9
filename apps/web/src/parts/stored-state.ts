"use client";

import { useCallback, useSyncExternalStore } from "react";

const listeners = new Map<string, Set<() => void>>();
const parsed = new Map<string, { raw: string | null; value: unknown }>();
let owner = "anyone";

/**
 * Whose settings this browser shows: each person's are kept apart. Call it when the signed-in
 * person becomes known, or changes.
 */
export function setStorageOwner(personId: string) {
  if (personId === owner) return;
  owner = personId;
  parsed.clear();
  for (const key of listeners.keys()) notify(key);
}

function storageKey(key: string) {
  return `tessera:${owner}:${key}`;
}

function notify(key: string) {
  for (const listener of listeners.get(key) ?? []) listener();
}

function readRaw(key: string): string | null {
  try {
    return localStorage.getItem(storageKey(key));
  } catch {
    // Storage can be forbidden altogether: then nothing is remembered, and nothing fails.
    return null;
  }
}

/** The remembered value, or undefined where there is none or it cannot be read. */
export function readStored(key: string): unknown {
  const raw = readRaw(key);
  const known = parsed.get(key);
  if (known && known.raw === raw) return known.value;
  let value: unknown;
  try {
    value = raw === null ? undefined : JSON.parse(raw);
  } catch {
    value = undefined;
  }
  parsed.set(key, { raw, value });
  return value;
}

/** Remembers a JSON value; undefined forgets it. */
export function writeStored(key: string, value: unknown) {
  try {
    if (value === undefined) localStorage.removeItem(storageKey(key));
    else localStorage.setItem(storageKey(key), JSON.stringify(value));
  } catch {
    // Full or forbidden: the page goes on with what it shows.
  }
  notify(key);
}

let followingTabs = false;

/** Another tab of this browser changed what is remembered. */
function hearOtherTab(event: StorageEvent) {
  for (const key of listeners.keys()) {
    if (event.key === null || event.key === storageKey(key)) notify(key);
  }
}

function subscribeTo(key: string, listener: () => void) {
  const set = listeners.get(key) ?? new Set();
  set.add(listener);
  listeners.set(key, set);
  if (!followingTabs) {
    followingTabs = true;
    window.addEventListener("storage", hearOtherTab);
  }
  return () => {
    set.delete(listener);
    if (set.size === 0) listeners.delete(key);
  };
}

/**
 * State remembered per person in this browser, and shared by all open tabs. What is stored is
 * checked by `accept`, so that an older shape never reaches the page.
 */
export function useStoredState<Value>(
  key: string,
  initial: Value,
  accept: (stored: unknown) => stored is Value,
): [Value, (next: Value) => void] {
  const subscribe = useCallback((listener: () => void) => subscribeTo(key, listener), [key]);
  const value = useSyncExternalStore(
    subscribe,
    () => {
      const stored = readStored(key);
      return accept(stored) ? stored : initial;
    },
    () => initial,
  );
  const set = useCallback((next: Value) => writeStored(key, next), [key]);
  return [value, set];
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

export function isStringArray(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

export function isRecordOf<Item>(item: (value: unknown) => value is Item) {
  return (value: unknown): value is Record<string, Item> =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(item);
}
