import { invalidParameter } from "./errors.ts";
import type { MlflowError } from "./errors.ts";

const SHOWN_LENGTH = 200;
const SEE_DOCS = " See the API docs for more information about request parameters.";

/** "metrics[0]" and "key" → "metrics[0].key"; nothing and "key" → "key". */
export function joinPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/** Names a value that is wrong, and says what would be right. */
export function invalidValue(path: string, value: unknown, hint?: string): MlflowError {
  const start = `Invalid value ${jsonRepr(value)} for parameter '${path}' supplied`;
  return invalidParameter(hint === undefined ? `${start}.` : `${start}: ${hint}`);
}

/** A field of the wrong type in a request. */
export function wrongType(path: string, value: unknown): MlflowError {
  return invalidValue(path, value, ` Hint: Value was of type '${pythonType(value)}'.${SEE_DOCS}`);
}

/** A required field that a request lacks. */
export function missingField(path: string): MlflowError {
  return invalidParameter(`Missing value for required parameter '${path}'.${SEE_DOCS}`);
}

/** A value that a validator, not a request's shape, misses. */
export function missingValue(path: string): MlflowError {
  return invalidParameter(`Missing value for required parameter '${path}'.`);
}

/** A text that is too long. */
export function tooLong(what: string, limit: number): MlflowError {
  return invalidParameter(`'${what}' exceeds the maximum length of ${limit} characters`);
}

/** A value as Python's compact json.dumps with sorted keys writes it, cut when it is long. */
function jsonRepr(value: unknown): string {
  if (typeof value === "string" && value.length > SHOWN_LENGTH) {
    return asciiOnly(JSON.stringify(value.slice(0, SHOWN_LENGTH))).replace(/"$/u, '…"');
  }
  const text = asciiOnly(JSON.stringify(sortKeys(value)) ?? "null");
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}

function sortKeys(value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (Array.isArray(value)) return value.slice(0, SHOWN_LENGTH).map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]));
}

function asciiOnly(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function pythonType(value: unknown): string {
  if (value === null || value === undefined) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return "str";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  return "dict";
}
