"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";

export const runTabs = [
  "charts",
  "logs",
  "artifacts",
  "config",
  "code",
  "environment",
  "attempts",
] as const;
export type RunTab = (typeof runTabs)[number];

/** The tab that the address names; null where it names none. */
export function useRunTab() {
  return useQueryState("tab", parseAsStringLiteral(runTabs).withOptions({ history: "push" }));
}
