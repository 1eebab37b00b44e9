"use client";

import { isStringArray, useStoredState } from "../../parts/stored-state.ts";

const none: string[] = [];

export interface PinnedMetrics {
  readonly pinned: readonly string[];
  readonly toggle: (key: string) => void;
}

/** The metrics that a person keeps in sight in a project's runs. */
export function usePinnedMetrics(project: string): PinnedMetrics {
  const [pinned, setPinned] = useStoredState(`pinned-metrics:${project}`, none, isStringArray);
  return {
    pinned,
    toggle: (key) =>
      setPinned(pinned.includes(key) ? pinned.filter((other) => other !== key) : [...pinned, key]),
  };
}
