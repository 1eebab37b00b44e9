"use client";

import { hueOfRun } from "@tessera/contracts/run-hue";
import { useTheme } from "next-themes";
import { useCallback, useMemo } from "react";
import { isRecordOf, useStoredState } from "../stored-state.ts";
import { hueColor, hueVariable, isRunHue } from "./run-hues.ts";
import type { RunHue } from "./run-hues.ts";

const isChoices = isRecordOf(isRunHue);
const noChoices: Record<string, RunHue> = {};

export interface RunColors {
  hueOf(runId: string): RunHue;
  /** A CSS colour for markup. */
  colorOf(runId: string): string;
  /** The same as plain hex, for canvas; computed again when the theme changes. */
  canvasColorOf(runId: string): string;
  /** Chooses a hue for a run; undefined goes back to its own. */
  choose(runId: string, hue: RunHue | undefined): void;
  /** Chooses hues for many runs. */
  chooseMany(hues: Readonly<Record<string, RunHue>>): void;
}

/** The colours of runs: the same on every page and in every chart, changeable, kept per person. */
export function useRunColors(): RunColors {
  const [choices, setChoices] = useStoredState("run-hues", noChoices, isChoices);
  const { resolvedTheme } = useTheme();
  const hueOf = useCallback((runId: string) => choices[runId] ?? hueOfRun(runId), [choices]);
  const canvas = useMemo(() => canvasPalette(resolvedTheme), [resolvedTheme]);
  const choose = useCallback(
    (runId: string, hue: RunHue | undefined) => {
      const { [runId]: _previous, ...others } = choices;
      setChoices(
        hue === undefined || hue === hueOfRun(runId) ? others : { ...others, [runId]: hue },
      );
    },
    [choices, setChoices],
  );
  const chooseMany = useCallback(
    (hues: Readonly<Record<string, RunHue>>) => setChoices({ ...choices, ...hues }),
    [choices, setChoices],
  );
  return useMemo(
    () => ({
      hueOf,
      colorOf: (runId) => hueColor(hueOf(runId)),
      canvasColorOf: (runId) => canvas(hueOf(runId)),
      choose,
      chooseMany,
    }),
    [hueOf, canvas, choose, chooseMany],
  );
}

/** The CSS colour of one run, at the least cost: tables draw hundreds of these. */
export function useRunColor(runId: string): string {
  const [choices] = useStoredState("run-hues", noChoices, isChoices);
  return hueColor(choices[runId] ?? hueOfRun(runId));
}

/** Reads the hues of the theme in force; the theme is an argument so that a change makes a new one. */
function canvasPalette(_theme: string | undefined) {
  const known = new Map<RunHue, string>();
  return (hue: RunHue): string => {
    const cached = known.get(hue);
    if (cached !== undefined) return cached;
    if (typeof document === "undefined") return "#888888";
    const value = getComputedStyle(document.documentElement)
      .getPropertyValue(hueVariable(hue))
      .trim();
    known.set(hue, value);
    return value;
  };
}
