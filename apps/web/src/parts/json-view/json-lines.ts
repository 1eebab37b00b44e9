export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** One visible line of a JSON tree. */
export interface JsonLine {
  /** Where the value is, such as `$.params.layers[0]`; its own key in the tree. */
  path: string;
  depth: number;
  /** Its key or its position; undefined for the root. */
  label: string | undefined;
  value: JsonValue;
  /** Undefined for what has nothing inside it. */
  open: boolean | undefined;
  /** How many entries are inside. */
  size: number;
}

/**
 * Reads JSON, and Python's NaN and Infinity with it, which become text of that name.
 * Throws SyntaxError where it is no JSON.
 */
export function readJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    const mended = text.replaceAll(
      /("(?:[^"\\]|\\.)*")|\b(NaN|-?Infinity)\b/g,
      (whole, quoted: string | undefined) => (quoted === undefined ? `"${whole}"` : quoted),
    );
    if (mended === text) throw error;
    return JSON.parse(mended.replaceAll('-"Infinity"', '"-Infinity"')) as JsonValue;
  }
}

export interface OpenRule {
  /** Lines that were switched by hand. */
  switched: ReadonlyMap<string, boolean>;
  /** What is open at first: down to this depth. */
  depth: number;
}

/** The lines that are visible while some of the tree is folded. */
export function jsonLines(root: JsonValue, rule: OpenRule): JsonLine[] {
  const lines: JsonLine[] = [];
  addLine(lines, { path: "$", depth: 0, label: undefined, value: root }, rule);
  return lines;
}

type LineStart = Pick<JsonLine, "path" | "depth" | "label" | "value">;

function addLine(lines: JsonLine[], start: LineStart, rule: OpenRule) {
  const { path, depth, value } = start;
  const entries = entriesOf(value);
  if (!entries || entries.length === 0) {
    lines.push({ ...start, open: undefined, size: 0 });
    return;
  }
  const open = rule.switched.get(path) ?? depth < rule.depth;
  lines.push({ ...start, open, size: entries.length });
  if (!open) return;
  const list = Array.isArray(value);
  for (const [key, inner] of entries) {
    const place = list ? `${path}[${key}]` : `${path}${memberPath(key)}`;
    addLine(lines, { path: place, depth: depth + 1, label: key, value: inner }, rule);
  }
}

function entriesOf(value: JsonValue): [string, JsonValue][] | undefined {
  return typeof value === "object" && value !== null ? Object.entries(value) : undefined;
}

function memberPath(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
