import { PlatformError } from "@tessera/contracts/errors";
import type { ByteRange } from "./blob-store.ts";

const digest = /^[0-9a-f]{64}$/;

/** Whether a text can be a SHA-256 in lower-case hex, and so be part of a path or key. */
export function isDigest(text: string): boolean {
  return digest.test(text);
}

/** The digest itself; rejects anything that must not become part of a path or key. */
export function checkedDigest(text: string): string {
  if (typeof text === "string" && isDigest(text)) return text;
  const shown = JSON.stringify(text)?.slice(0, 80);
  throw new PlatformError("invalid_argument", `${shown} is not a SHA-256 in lower-case hex`);
}

export function blobNotFound(sha256: string): PlatformError {
  return new PlatformError("not_found", `There is no blob ${sha256}`);
}

/** The range with its defaults filled in; rejects one that does not lie within the blob. */
export function checkedRange(range: ByteRange | undefined, size: number): Required<Range> {
  const { start = 0, end = size } = range ?? {};
  const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end);
  if (whole && start >= 0 && start <= end && end <= size) return { start, end };
  const words = `Bytes ${start} up to ${end} do not lie within the blob's ${size}`;
  throw new PlatformError("invalid_argument", words);
}

interface Range {
  readonly start: number;
  readonly end: number;
}
