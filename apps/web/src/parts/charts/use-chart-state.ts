"use client";

import { useMemo, useState } from "react";
import { guessGoal } from "./best-value.ts";
import type { SeriesChartProps } from "./chart-props.ts";
import type { Hover } from "./hover.ts";
import { makeTrace } from "./traces.ts";

const noneHidden: ReadonlySet<string> = new Set();

/** What a chart keeps by itself where the page does not keep it. */
export function useChartState(props: SeriesChartProps) {
  const { title, lines, smoothing = 0 } = props;
  const [hover, setHover] = useState<Hover>();
  const [ownHidden, setOwnHidden] = useState(noneHidden);
  const [ownHighlight, setOwnHighlight] = useState<string>();
  const hidden = props.hidden ?? ownHidden;
  const traces = useMemo(
    () => lines.filter((line) => !hidden.has(line.id)).map((line) => makeTrace(line, smoothing)),
    [lines, hidden, smoothing],
  );
  const highlight = (id: string | undefined) => {
    setOwnHighlight(id);
    props.onHighlight?.(id);
  };
  return {
    traces,
    hidden,
    setHidden: props.onHiddenChange ?? setOwnHidden,
    goal: props.goal ?? guessGoal(title),
    // One line alone has nothing to be told from.
    highlighted: lines.length > 1 ? (props.highlighted ?? ownHighlight) : undefined,
    highlight,
    hover,
    follow(next: Hover | undefined) {
      setHover(next);
      if (next?.nearest !== hover?.nearest) highlight(next?.nearest);
    },
  };
}
