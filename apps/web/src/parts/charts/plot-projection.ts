import type uPlot from "uplot";
import type { PlotArea } from "./paint-traces.ts";
import type { Projection } from "./trace-walk.ts";

export interface ProjectedPlot {
  area: PlotArea;
  projection: Projection;
  key: string;
}

/** uPlot's scales as plain arithmetic, in canvas pixels. */
export function projectPlot(plot: uPlot, log: boolean): ProjectedPlot {
  const { left, top, width, height } = plot.bbox;
  const x = plot.scales["x"];
  const y = plot.scales["y"];
  const [from, to] = [x?.min ?? 0, x?.max ?? 1];
  const [low, high] = [y?.min ?? 0, y?.max ?? 1];
  const perX = width / (to - from);
  const place = log ? logPlace(low, high) : linearPlace(low, high);
  const projection: Projection = {
    from,
    to,
    x: (value) => left + (value - from) * perX,
    y: (value) => top + height * (1 - place(value)),
  };
  const key = [from, to, low, high, left, top, width, height, log].join(" ");
  return { area: { left, top, width, height, ratio: devicePixelRatio }, projection, key };
}

function linearPlace(low: number, high: number) {
  return (value: number) => (value - low) / (high - low);
}

function logPlace(low: number, high: number) {
  const base = Math.log10(low);
  const span = Math.log10(high) - base;
  return (value: number) => (value > 0 ? (Math.log10(value) - base) / span : Number.NaN);
}
