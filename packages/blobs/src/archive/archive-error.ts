import { type ErrorCode, PlatformError } from "@tessera/contracts/errors";
import { shown } from "../file-path.ts";

/** A fault of the archive as a whole. */
export function archiveFault(words: string, cause?: unknown): PlatformError {
  return new PlatformError("invalid_argument", `The archive ${words}`, { cause });
}

/** A fault of one entry, which is named. */
export function entryFault(
  name: string,
  words: string,
  code: ErrorCode = "invalid_argument",
): PlatformError {
  return new PlatformError(code, `The archive's entry ${shown(name)} ${words}`, {
    details: { entry: name.slice(0, 1_000) },
  });
}
