/** The colours of a chart, read off the style sheet for canvas and for exports. */
export interface ChartTheme {
  surface: string;
  ink: string;
  muted: string;
  grid: string;
  font: string;
}

/** The theme in force at an element. */
export function readChartTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    surface: read("--surface"),
    ink: read("--ink"),
    muted: read("--ink-3"),
    grid: read("--line"),
    font: style.fontFamily,
  };
}
