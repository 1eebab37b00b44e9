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
 * Percent signs stay as they are: they are part of a file's name, but nothing may hide behind them.
 *
 * @throws MlflowError (INVALID_PARAMETER_VALUE, "Invalid path") on a path that is absolute, that
 *   climbs, that hides either behind percent signs, or that has characters no file should have
 */
export function readArtifactPath(path: string): string {
  const plain = decodeFully(path);
  const drive = /^[A-Za-z]:/u.test(plain);
  if (plain.startsWith("/") || drive || /[\\#\p{Cc}]/u.test(plain)) throw invalidPath();
  if (plain.split("/").includes("..")) throw invalidPath();
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return parts.join("/");
}

/** ASCII behind percent signs, decoded until nothing changes; "%252e" is a dot in the end. */
function decodeFully(path: string): string {
  let plain = path;
  for (let round = 0; round < 10; round++) {
    const decoded = plain.replace(/%([0-7][\da-f])/giu, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
    if (decoded === plain) return plain;
    plain = decoded;
  }
  throw invalidPath();
}

function invalidPath(): Error {
  return invalidParameter("Invalid path");
}
