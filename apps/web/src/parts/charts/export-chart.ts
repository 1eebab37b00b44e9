import { downloadFile, fileName } from "../download.ts";
import { chartCsv } from "./chart-csv.ts";
import { chartSvg } from "./chart-svg.ts";
import type { SvgChart } from "./chart-svg.ts";

export type ChartFormat = "png" | "svg" | "csv";

/** Downloads a chart. */
export async function exportChart(chart: SvgChart, format: ChartFormat) {
  const name = fileName(chart.title, format);
  if (format === "csv") return downloadFile(name, chartCsv(chart.traces, chart.axis), "text/csv");
  const svg = chartSvg(chart);
  if (format === "svg") return downloadFile(name, svg, "image/svg+xml");
  downloadFile(name, await rasterise(svg), "image/png");
}

/** An SVG as a PNG of twice its size. */
async function rasterise(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) =>
        blob ? resolve(blob) : reject(new Error("The canvas gave no image")),
      );
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
