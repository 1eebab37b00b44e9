import { PlatformError } from "@tessera/contracts/errors";

/** One measurement. `step` and `timestampMs` are safe integers; `value` may be NaN or infinite. */
export interface MetricPoint {
  readonly key: string;
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly timestampMs: number;
  readonly step: number;
  /** A logged model that the point is about too; see model-metrics.ts. */
  readonly modelId?: string | undefined;
  readonly datasetName?: string | undefined;
  readonly datasetDigest?: string | undefined;
}

/** Points of one run. */
export interface RunPoints {
  readonly runId: string;
  /** Within what keys are listed and values ranked: the id of the run's experiment. Never changes. */
  readonly scope: string;
  readonly points: readonly MetricPoint[];
}

/** In bytes: a key is part of index entries, which PostgreSQL bounds. */
const LONGEST_KEY = 1000;
// NUL is not text to PostgreSQL, and half a surrogate pair is not text to UTF-8.
const NOT_TEXT = /[\0\ud800-\udfff]/u;

function checkText(path: string, text: string, longest: number): void {
  if (text.length === 0 || Buffer.byteLength(text) > longest || NOT_TEXT.test(text)) {
    throw new PlatformError(
      "invalid_argument",
      `${path} must be 1 to ${longest} bytes of Unicode text without NUL`,
    );
  }
}

function checkInteger(path: string, value: number): void {
  if (!Number.isSafeInteger(value)) {
    const range = `${Number.MIN_SAFE_INTEGER} and ${Number.MAX_SAFE_INTEGER}`;
    throw new PlatformError("invalid_argument", `${path} must be an integer between ${range}`);
  }
}

/** Throws `invalid_argument`, naming the place, unless every point can be stored exactly. */
export function checkRunPoints({ runId, scope, points }: RunPoints): void {
  checkText("runId", runId, 256);
  checkText("scope", scope, 256);
  let checkedKey = "";
  for (const [index, point] of points.entries()) {
    if (point.key !== checkedKey) checkText(`points[${index}].key`, point.key, LONGEST_KEY);
    checkedKey = point.key;
    checkInteger(`points[${index}].timestampMs`, point.timestampMs);
    checkInteger(`points[${index}].step`, point.step);
    if (typeof point.value !== "number") {
      throw new PlatformError("invalid_argument", `points[${index}].value must be a number`);
    }
  }
}

/** Order by UTF-8 bytes, which is PostgreSQL's collation "C". */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    // A surrogate stands for a character past U+FFFF, so in UTF-8 it sorts after all others.
    if (x !== y) return surrogateLast(x) - surrogateLast(y);
  }
  return a.length - b.length;
}

function surrogateLast(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
