import { invalidParameter } from "../errors.ts";
import type { Fields } from "../json-rules.ts";
import { optionalString } from "./fields.ts";
import { readRunId } from "./run-requests.ts";

export interface ListArtifactsRequest {
  readonly runId: string;
  /** Relative to the run's artifacts; empty for the top. */
  readonly path: string;
  readonly pageToken: string | undefined;
}

/** Reads artifacts/list. @throws MlflowError, also on a path that leads out of the run */
export function readListArtifacts(fields: Fields): ListArtifactsRequest {
  return {
    runId: readRunId(fields),
    path: readArtifactPath(optionalString(fields, "path") ?? ""),
    pageToken: optionalString(fields, "page_token") || undefined,
  };
}

/**
 * A path of artifacts in its plain form, without leading "./", doubled or trailing slashes.
 *
 * @throws MlflowError (INVALID_PARAMETER_VALUE, "Invalid path") on a path that is absolute, that
 *   climbs, that hides either behind percent signs, or that has characters no file should have
 */
export function readArtifactPath(raw: string): string {
  const path = decodeFully(raw);
  const drive = /^[A-Za-z]:/u.test(path);
  if (path.startsWith("/") || drive || /[\\#\p{Cc}]/u.test(path)) throw invalidPath();
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw invalidPath();
  return parts.join("/");
}

/** Percent signs decoded until there is nothing to decode, as whoever hides "%252e" hopes not. */
function decodeFully(raw: string): string {
  let path = raw;
  for (let round = 0; round < 10; round++) {
    const decoded = decode(path);
    if (decoded === path) return path;
    path = decoded;
  }
  throw invalidPath();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign is an ordinary character of a file name.
    return text;
  }
}

function invalidPath(): Error {
  return invalidParameter("Invalid path");
}
