import Anser from "anser";

/** A stretch of text of one look. */
export interface AnsiSpan {
  text: string;
  /** A style-sheet colour; undefined for the text's own. */
  color: string | undefined;
  background: string | undefined;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
}

// Everything but colours: cursor movements, clearing, titles, hyperlinks.
const controls =
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /\u001B(?:\[[0-9;?]*[A-LN-Za-ln-z]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[()][0-9A-B]|[=>78cDEHM])|[\u0000-\u0008\u000B\u000C\u000E-\u001A\u007F]/g;

/**
 * What a terminal would show of a line in the end: a progress bar that went back to its beginning
 * a hundred times is its last state.
 */
export function settleLine(text: string): string {
  const trimmed = text.replace(/\r+$/, "");
  const back = trimmed.lastIndexOf("\r");
  return (back === -1 ? trimmed : trimmed.slice(back + 1)).replaceAll(controls, "");
}

/** A line as coloured spans. */
export function ansiSpans(text: string): AnsiSpan[] {
  const line = settleLine(text);
  if (!line.includes("\u001B")) return line === "" ? [] : [plain(line)];
  return Anser.ansiToJson(line, { json: true, remove_empty: true, use_classes: true }).map(
    (entry) => ({
      text: entry.content,
      color: colorOf(entry.fg, entry.fg_truecolor),
      background: colorOf(entry.bg, entry.bg_truecolor),
      bold: entry.decorations.includes("bold"),
      dim: entry.decorations.includes("dim"),
      italic: entry.decorations.includes("italic"),
      underline: entry.decorations.includes("underline"),
    }),
  );
}

/** A line without its colours, for searching and copying. */
export function plainText(text: string): string {
  return Anser.ansiToText(settleLine(text));
}

function plain(text: string): AnsiSpan {
  return {
    text,
    color: undefined,
    background: undefined,
    bold: false,
    dim: false,
    italic: false,
    underline: false,
  };
}

const cube = [0, 95, 135, 175, 215, 255];

function colorOf(name: string | null, exact: string | null): string | undefined {
  if (!name) return undefined;
  if (name === "ansi-truecolor") return exact ? `rgb(${exact})` : undefined;
  const palette = /^ansi-palette-(\d+)$/.exec(name);
  if (palette) return paletteColor(Number(palette[1]));
  // The theme has one set of eight: bright and normal share it, as both must be legible.
  return `var(--${name.replace("bright-", "")})`;
}

/** One of the terminal's 256 colours above the first sixteen. */
function paletteColor(index: number): string {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey}, ${grey}, ${grey})`;
  }
  const at = Math.max(0, index - 16);
  const channels = [Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6];
  return `rgb(${channels.map((channel) => cube[channel] ?? 0).join(", ")})`;
}
