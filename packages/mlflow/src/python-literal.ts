/** An item of a Python list literal: a string, or the source of anything else allowed there. */
export type PythonItem =
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "other"; readonly source: string };

const SKIP = /\s*/uy;
const NUMBER =
  /[+-]?(?:\d+(?:_\d+)*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])|(?:None|True|False)\b/uy;
const STRING = /'((?:\\[^]|[^'\\\n])*)'|"((?:\\[^]|[^"\\\n])*)"/uy;
const ESCAPE = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|[^])/gu;
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  "'": "'",
  '"': '"',
  "\\": "\\",
  "\n": "",
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/**
 * Reads `('a', "b",)` as Python's literal syntax does, escapes and adjacent strings included.
 *
 * @returns the items, or undefined when the text is no list of constants
 */
export function readPythonList(source: string): PythonItem[] | undefined {
  const items: PythonItem[] = [];
  const body = source.trim();
  if (!body.startsWith("(") || !body.endsWith(")")) return undefined;
  let at = skipSpace(body, 1);
  const end = body.length - 1;
  while (at < end) {
    const item = itemAt(body, at);
    if (item === undefined) return undefined;
    items.push(item.item);
    at = skipSpace(body, item.to);
    if (at === end) break;
    if (body[at] !== ",") return undefined;
    at = skipSpace(body, at + 1);
  }
  return items;
}

function itemAt(
  source: string,
  from: number,
): { readonly item: PythonItem; readonly to: number } | undefined {
  NUMBER.lastIndex = from;
  const number = NUMBER.exec(source)?.[0];
  if (number !== undefined) {
    return { item: { type: "other", source: number }, to: from + number.length };
  }
  let value: string | undefined;
  let at = from;
  for (;;) {
    STRING.lastIndex = at;
    const match = STRING.exec(source);
    if (match === null) break;
    const piece = unescape(match[1] ?? match[2] ?? "");
    if (piece === undefined) return undefined;
    value = (value ?? "") + piece;
    at = skipSpace(source, at + match[0].length);
  }
  return value === undefined ? undefined : { item: { type: "string", value }, to: at };
}

function skipSpace(source: string, from: number): number {
  SKIP.lastIndex = from;
  return from + (SKIP.exec(source)?.[0].length ?? 0);
}

function unescape(raw: string): string | undefined {
  let valid = true;
  const text = raw.replace(ESCAPE, (escape) => {
    const character = unescapeOne(escape.slice(1));
    if (character === undefined) valid = false;
    return character ?? "";
  });
  return valid ? text : undefined;
}

/** What stands for an escape; an unknown one for itself; undefined for one cut short. */
function unescapeOne(body: string): string | undefined {
  const simple = SIMPLE_ESCAPES[body];
  if (simple !== undefined) return simple;
  const octal = /^[0-7]+$/u.test(body);
  if (!octal && body.length === 1) return /[xuUN]/u.test(body) ? undefined : `\\${body}`;
  const code = octal ? Number.parseInt(body, 8) : Number.parseInt(body.slice(1), 16);
  // NUL is no character that anything stored could have.
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** A string as Python prints it in messages: single quotes unless only they would clash. */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let body = "";
  for (const character of text) body += reprCharacter(character, quote);
  return quote + body + quote;
}

function reprCharacter(character: string, quote: string): string {
  if (character === quote || character === "\\") return `\\${character}`;
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === "\t") return "\\t";
  const code = character.codePointAt(0) ?? 0;
  if (code < 32 || code === 127) return `\\x${code.toString(16).padStart(2, "0")}`;
  return character;
}

/** A number as Python prints a float: `1.0`, `1e-05`, `nan`. */
export function pythonFloatRepr(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const tiny = value !== 0 && Math.abs(value) < 1e-4;
  const text = tiny ? value.toExponential() : String(value);
  if (text.includes("e")) {
    return text.replace(/e([+-])(\d)$/u, "e$10$2");
  }
  return Number.isInteger(value) ? `${text}.0` : text;
}

/** A list of strings as Python prints it: `['a', 'b']`. */
export function pythonListRepr(items: readonly string[]): string {
  return `[${items.map(pythonRepr).join(", ")}]`;
}

/** A set of strings as Python prints it, in alphabetical order: `{'a', 'b'}`. */
export function pythonSetRepr(items: Iterable<string>): string {
  return `{${[...items].sort().map(pythonRepr).join(", ")}}`;
}

/** A tuple as Python prints it: `('a', 'b')`, `('a',)`. */
export function pythonTupleRepr(items: readonly string[]): string {
  return `(${items.join(", ")}${items.length === 1 ? "," : ""})`;
}
