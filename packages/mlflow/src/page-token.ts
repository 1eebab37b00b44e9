import { invalidParameter } from "./errors.ts";
import type { MlflowError } from "./errors.ts";
import { presentDouble, readDouble } from "./json-rules.ts";

/** One column of the last row of a page. */
export type KeysetValue = string | number | boolean | null;

/** What each column of a position must be. */
export type KeysetShape = readonly ("string" | "number" | "boolean" | "string?" | "number?")[];

interface Payload {
  /** The fingerprint of the search that the page belongs to. */
  readonly q: string;
  /** The position. */
  readonly k: readonly (string | number | boolean | null | { readonly d: unknown })[];
}

/**
 * A token for the page after a position.
 *
 * @param search what the page belongs to: filter, order, view; anything that JSON can hold
 */
export function encodePageToken(search: unknown, position: readonly KeysetValue[]): string {
  const payload: Payload = {
    q: fingerprint(JSON.stringify(search)),
    k: position.map((value) => {
      const finite = typeof value !== "number" || Number.isFinite(value);
      return finite ? value : { d: presentDouble(value) };
    }),
  };
  const json = JSON.stringify(payload).replace(/[\u0080-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  const encoded = btoa(fingerprint(json) + json);
  return encoded.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The position in a token. It is checked against damage, against use with another search, and
 * for the types of its columns; it is no secret and carries no rights.
 *
 * @throws MlflowError (INVALID_PARAMETER_VALUE)
 */
export function decodePageToken(token: string, search: unknown, shape: KeysetShape): KeysetValue[] {
  const payload = readPayload(token);
  if (payload.q !== fingerprint(JSON.stringify(search))) {
    throw invalidParameter(
      "Invalid page token: it belongs to a search with another filter, order or view.",
    );
  }
  const position = payload.k.map((value) => {
    return typeof value === "object" && value !== null ? (readDouble(value.d) ?? null) : value;
  });
  const fits =
    position.length === shape.length && shape.every((type, i) => isOf(type, position[i]));
  if (!fits) throw damaged();
  return position;
}

function isOf(type: KeysetShape[number], value: KeysetValue | undefined): boolean {
  if (value === undefined) return false;
  if (value === null) return type.endsWith("?");
  return typeof value === type.replace("?", "");
}

function readPayload(token: string): Payload {
  const text = fromBase64(token);
  const json = text.slice(FINGERPRINT_LENGTH);
  if (json === "" || fingerprint(json) !== text.slice(0, FINGERPRINT_LENGTH)) throw damaged();
  try {
    const payload = JSON.parse(json) as Partial<Payload>;
    if (typeof payload.q === "string" && Array.isArray(payload.k)) return payload as Payload;
  } catch (cause) {
    throw invalidParameter(`${damaged().message} (${String(cause)})`);
  }
  throw damaged();
}

function fromBase64(token: string): string {
  if (!/^[A-Za-z0-9_-]*$/u.test(token)) {
    throw invalidParameter("Invalid page token, could not base64-decode");
  }
  try {
    return atob(token.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    throw invalidParameter("Invalid page token, could not base64-decode");
  }
}

function damaged(): MlflowError {
  return invalidParameter("Invalid page token, it was changed on its way");
}

const FINGERPRINT_LENGTH = 16;

/** 64 bits of a text as 16 hex digits (two rounds of FNV-1a, mixed as MurmurHash3 ends). */
function fingerprint(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b) ^ (b >>> 13);
  }
  return hex(mix(a ^ text.length)) + hex(mix(b ^ a));
}

function mix(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
