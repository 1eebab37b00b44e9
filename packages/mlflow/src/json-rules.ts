import { MlflowError, invalidParameter } from "./errors.ts";

/** The fields of a request, of its body or its query. */
export type Fields = Readonly<Record<string, unknown>>;

/** A double as JSON carries it: numbers have no NaN and no infinity. */
export type JsonDouble = number | "NaN" | "Infinity" | "-Infinity";

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;
const SPECIAL_DOUBLES: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

/** A whole number, given as a number or as decimal text; undefined when it is neither. */
export function readInt64(value: unknown): number | undefined {
  const number = typeof value === "string" && /^[+-]?\d+$/u.test(value) ? Number(value) : value;
  // Past 2^53 a JavaScript number is no longer the one that was sent.
  return typeof number === "number" && Number.isSafeInteger(number) ? number + 0 : undefined;
}

/** A double, given as a number, decimal text, "NaN", "Infinity" or "-Infinity". */
export function readDouble(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  return SPECIAL_DOUBLES[value] ?? (DECIMAL.test(value) ? Number(value) : undefined);
}

/** A double for a response. */
export function presentDouble(value: number): JsonDouble {
  if (Number.isNaN(value)) return "NaN";
  if (Number.isFinite(value)) return value;
  return value > 0 ? "Infinity" : "-Infinity";
}

/**
 * The fields of a JSON body. An absent body has none; old clients send the JSON as a string
 * inside JSON.
 *
 * @throws MlflowError (BAD_REQUEST) when it is no object
 */
export function readBody(body: unknown): Fields {
  const value = typeof body === "string" ? parseJson(body) : body;
  if (value === null || value === undefined) return {};
  if (typeof value === "object" && !Array.isArray(value)) return value as Fields;
  throw new MlflowError("BAD_REQUEST", "Bad Request. The body must be a JSON object.");
}

function parseJson(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new MlflowError("BAD_REQUEST", "Bad Request. The body is not valid JSON.", { cause });
  }
}

/**
 * The fields of a query: repeated fields become lists even when given once, of the others the
 * first value counts. Everything stays text; the readers take numbers and booleans as text.
 */
export function readQuery(query: Fields, repeated: readonly string[]): Fields {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    fields[name] = repeated.includes(name) ? values : values[0];
  }
  return fields;
}

/**
 * A boolean; in a query the client writes it "True" or "False".
 *
 * @throws MlflowError on text that is neither
 */
export function readBoolean(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return undefined;
  const text = value.toLowerCase();
  if (text === "true") return true;
  if (text === "false") return false;
  throw invalidParameter(`Invalid boolean value: ${value}, must be 'true' or 'false'.`);
}

/**
 * POST and PUT requests must say that they carry JSON.
 *
 * @throws MlflowError (INVALID_PARAMETER_VALUE) when they do not
 */
export function requireJsonContentType(contentType: string | undefined): void {
  if (contentType === undefined || contentType === "") {
    throw invalidParameter("Bad Request. Content-Type header is missing.");
  }
  if (contentType.split(";")[0]?.trim().toLowerCase() !== "application/json") {
    throw invalidParameter("Bad Request. Content-Type must be one of ['application/json'].");
  }
}

type Unset<T> = Extract<T, null | undefined>;

/** T with every field that may be absent optional. */
export type WithoutUnset<T> = {
  [K in keyof T as Unset<T[K]> extends never ? K : never]: T[K];
} & {
  [K in keyof T as Unset<T[K]> extends never ? never : K]?: Exclude<T[K], null | undefined>;
};

/** A response object without its unset fields and its empty lists, as the protocol wants it. */
export function omitUnset<T extends object>(fields: T): WithoutUnset<T> {
  // A page of runs has this called for a hundred thousand objects, hence no intermediate lists.
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) {
    const value: unknown = fields[name as keyof T];
    if (value === undefined || value === null) continue;
    if (!Array.isArray(value) || value.length > 0) kept[name] = value;
  }
  return kept as WithoutUnset<T>;
}
