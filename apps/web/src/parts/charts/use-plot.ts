"use client";

import { useEffect, useRef } from "react";
import type { RefObject } from "react";
import uPlot from "uplot";
import type { ChartAxis } from "./chart-line.ts";
import { readChartTheme } from "./chart-theme.ts";
import { plotOptions } from "./plot-options.ts";
import type { PlotHandlers } from "./plot-options.ts";

interface PlotSetup {
  host: RefObject<HTMLDivElement | null>;
  height: number;
  axis: ChartAxis;
  log: boolean;
  theme: string | undefined;
  syncKey: string | undefined;
  handlers: PlotHandlers;
}

/** Keeps a uPlot inside an element: made again when its nature changes, resized with its box. */
export function usePlot(setup: PlotSetup): RefObject<uPlot | undefined> {
  const { host, height, axis, log, theme, syncKey } = setup;
  const plot = useRef<uPlot>(undefined);
  const handlers = useRef(setup.handlers);
  useEffect(() => {
    handlers.current = setup.handlers;
  });
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const made = new uPlot(
      plotOptions(
        { width: element.clientWidth, height, axis, log, theme: readChartTheme(element), syncKey },
        {
          xRange: () => handlers.current.xRange(),
          yRange: () => handlers.current.yRange(),
          draw: (self) => handlers.current.draw(self),
          cursor: (self, led) => handlers.current.cursor(self, led),
          zoom: (range) => handlers.current.zoom(range),
          reset: () => handlers.current.reset(),
        },
      ),
      // Two points without values: the scales have their own ranges.
      [
        [0, 1],
        [null, null],
      ],
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) made.setSize({ width: element.clientWidth, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [host, height, axis, log, theme, syncKey]);
  return plot;
}

/** Calculates the scales again and paints. */
export function refreshPlot(plot: uPlot | undefined) {
  plot?.setData(plot.data, true);
}
