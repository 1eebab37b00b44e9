import type { ReactNode } from "react";
import type { ChartAxis, ChartLine, Goal, XRange } from "./chart-line.ts";

export interface SeriesChartProps {
  /** The metric. */
  title: string;
  /** In a stable array. */
  lines: readonly ChartLine[];
  axis: ChartAxis;
  /** From 0 to below 1; the raw line stays, faint. */
  smoothing?: number | undefined;
  logScale?: boolean | undefined;
  onLogScaleChange?: ((log: boolean) => void) | undefined;
  /** What is best; guessed from the title otherwise. */
  goal?: Goal | undefined;
  /** Of the canvas, in pixels. */
  height?: number | undefined;
  /** The visible part of x: keep it in the page's address. Without, all of it is shown. */
  range?: XRange | undefined;
  onRangeChange(range: XRange | undefined): void;
  /** Charts of one key share their crosshair. */
  syncKey?: string | undefined;
  /** The run to bring forward, here and wherever else the page likes. */
  highlighted?: string | undefined;
  onHighlight?: ((runId: string | undefined) => void) | undefined;
  hidden?: ReadonlySet<string> | undefined;
  onHiddenChange?: ((hidden: ReadonlySet<string>) => void) | undefined;
  legend?: boolean | undefined;
  /** Nothing came yet. */
  loading?: boolean | undefined;
  /** Stands at the right of the heading: the last value, say. */
  aside?: ReactNode | undefined;
  /** Further controls in the heading: pin, enlarge. */
  tools?: ReactNode | undefined;
  className?: string | undefined;
}
