import { cellText, valueShown } from "./table-model.ts";
import type { DataColumn } from "./table-model.ts";

let context: CanvasRenderingContext2D | null | undefined;

function textWidth(text: string, font: string): number {
  context ??= document.createElement("canvas").getContext("2d");
  if (!context) return text.length * 7;
  context.font = font;
  return context.measureText(text).width;
}

/** The width at which the heading and the given rows show whole, within reason. */
export function fitWidth<Row>(
  column: DataColumn<Row>,
  rows: readonly Row[],
  scroller: HTMLElement,
): number {
  const family = getComputedStyle(scroller).fontFamily;
  const heading = textWidth(column.label, `500 12px ${family}`) + 44;
  const widest = rows.reduce((width, row) => {
    const text = column.text ? cellText(column, row) : valueShown(column.value(row));
    return Math.max(width, textWidth(text.slice(0, 400), `13px ${family}`));
  }, 0);
  return Math.ceil(Math.min(640, Math.max(64, heading, widest + 24)));
}
