import { shortNumber, xTick } from "./axis-format.ts";
import type { ChartAxis, XRange } from "./chart-line.ts";
import type { ChartTheme } from "./chart-theme.ts";
import { walkTrace } from "./trace-walk.ts";
import type { PathSink, Projection } from "./trace-walk.ts";
import type { Trace } from "./traces.ts";

export interface SvgChart {
  title: string;
  axis: ChartAxis;
  log: boolean;
  traces: readonly Trace[];
  x: XRange;
  y: XRange;
  theme: ChartTheme;
  width: number;
  height: number;
}

const margin = { left: 56, right: 16, top: 40, bottom: 28 };
const legendRow = 18;

/** A chart as one SVG document, with its title and its legend. Pure: the same input, the same text. */
export function chartSvg(chart: SvgChart): string {
  const { title, theme, width, height, traces } = chart;
  const rows = Math.ceil(traces.length / legendColumns(width));
  const total = height + rows * legendRow + 8;
  const { projection, place } = project(chart);
  const parts = [
    `<rect width="${width}" height="${total}" fill="${theme.surface}"/>`,
    text({ x: margin.left, y: 22, fill: theme.ink, size: 14, weight: 600 }, title),
    ...yTicks(chart, place),
    ...xTicks(chart, projection),
    ...traces.flatMap((trace) => tracePaths(trace, projection)),
    ...legend(chart),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" font-family="${escapeXml(theme.font)}">${parts.join("")}</svg>`;
}

function project({ x, y, log, width, height }: SvgChart) {
  const inner = {
    width: width - margin.left - margin.right,
    height: height - margin.top - margin.bottom,
  };
  const scale = log ? Math.log10 : (value: number) => value;
  const [low, high] = [scale(y[0]), scale(y[1])];
  const place = (value: number) => {
    if (log && value <= 0) return Number.NaN;
    return margin.top + inner.height * (1 - (scale(value) - low) / (high - low));
  };
  const projection: Projection = {
    from: x[0],
    to: x[1],
    x: (value) => margin.left + ((value - x[0]) / (x[1] - x[0])) * inner.width,
    y: place,
  };
  return { projection, place };
}

function tracePaths(trace: Trace, projection: Projection): string[] {
  const { color } = trace.line;
  const stroke = `fill="none" stroke="${color}" stroke-linejoin="round"`;
  const main = `<path d="${pathText(trace.x, trace.y, projection)}" ${stroke} stroke-width="1.5"/>`;
  if (!trace.raw) return [main];
  return [`<path d="${pathText(trace.x, trace.raw, projection)}" ${stroke} opacity="0.26"/>`, main];
}

function pathText(x: Float64Array, y: Float64Array, projection: Projection): string {
  const words: string[] = [];
  const sink: PathSink = {
    moveTo: (px, py) => words.push(`M${px.toFixed(1)} ${py.toFixed(1)}`),
    lineTo: (px, py) => words.push(`L${px.toFixed(1)} ${py.toFixed(1)}`),
  };
  walkTrace({ x, y }, projection, sink);
  return words.join("");
}

function yTicks({ y, log, theme, width }: SvgChart, place: (value: number) => number): string[] {
  return (log ? decades(y) : niceTicks(y, 6)).map((value) => {
    const at = place(value).toFixed(1);
    const label = text(
      { x: margin.left - 8, y: Number(at) + 4, fill: theme.muted, size: 11, anchor: "end" },
      shortNumber(value),
    );
    return `<path d="M${margin.left} ${at}H${width - margin.right}" stroke="${theme.grid}"/>${label}`;
  });
}

function xTicks({ x, axis, theme, height }: SvgChart, projection: Projection): string[] {
  const ticks = niceTicks(x, 8);
  const step = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  return ticks.map((value) =>
    text(
      { x: projection.x(value), y: height - 8, fill: theme.muted, size: 11, anchor: "middle" },
      xTick(value, axis, step),
    ),
  );
}

function legendColumns(width: number): number {
  return Math.max(1, Math.floor((width - margin.left) / 180));
}

function legend({ traces, theme, width, height }: SvgChart): string[] {
  const columns = legendColumns(width);
  return traces.map(({ line }, at) => {
    const x = margin.left + (at % columns) * 180;
    const y = height + 12 + Math.floor(at / columns) * legendRow;
    const name = line.name.length > 26 ? `${line.name.slice(0, 25)}…` : line.name;
    return `<circle cx="${x + 4}" cy="${y - 4}" r="4" fill="${line.color}"/>${text({ x: x + 14, y, fill: theme.ink, size: 11 }, name)}`;
  });
}

/** Round numbers inside a range, about `count` of them. */
export function niceTicks([from, to]: XRange, count: number): number[] {
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((digit) => digit * power >= rough) ?? 10) * power;
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * step);
}

function decades([low, high]: XRange): number[] {
  const first = Math.ceil(Math.log10(low));
  const last = Math.floor(Math.log10(high));
  return last < first
    ? [low, high]
    : Array.from({ length: last - first + 1 }, (_, at) => 10 ** (first + at));
}

interface TextLook {
  x: number;
  y: number;
  fill: string;
  size: number;
  weight?: number;
  anchor?: "middle" | "end";
}

function text({ x, y, fill, size, weight, anchor }: TextLook, words: string): string {
  const more = `${weight ? ` font-weight="${weight}"` : ""}${anchor ? ` text-anchor="${anchor}"` : ""}`;
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${fill}" font-size="${size}"${more}>${escapeXml(words)}</text>`;
}

function escapeXml(words: string): string {
  return words
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
