import { type ErrorCode, httpStatusOf } from "@tessera/contracts/errors";
import type { ErrorEntry } from "./reference/reference-page.ts";

/** What each code means, and what its receiver can do about it. */
const meanings: Record<ErrorCode, string> = {
  invalid_argument:
    "Something in the request is not right. `detail` says what and where; `issues` lists every fault with its place. Change the request; sent again as it is, it fails again.",
  unauthenticated:
    "Nobody is signed in, or the token was revoked, has expired or never existed. Sign in, or make a new token under Settings → Tokens.",
  permission_denied:
    "The role in the project, or the token's scope, is not enough for this. An owner of the project can change roles.",
  not_found:
    "It does not exist, or not for the caller: projects of other people answer as if they were not there.",
  conflict:
    "Something of that name or kind is there already, or the same `Idempotency-Key` came with another request.",
  failed_precondition:
    "Not in the present state: a run that still goes on cannot be deleted, say. `detail` says what has to happen first.",
  too_large: "The body, a file or an archive is over its limit, which `detail` names.",
  unsupported_media_type: "The body's `Content-Type` is not one that this endpoint takes.",
  rate_limited: "Too many attempts. Wait for as many seconds as the `Retry-After` header says.",
  disk_full:
    "The platform's disk, or its database's, is full. Nothing was written; try again once there is room.",
  unavailable:
    "The database, the queue or the file store does not answer for now. Nothing was half-done; try again after `Retry-After` seconds.",
  cancelled: "The caller went away before the end of an upload. Nothing of it was kept.",
  internal:
    "A fault of the platform's own. The server's log has the cause under the `requestId` of the answer.",
};

/** Id of a code's line on the reference page; errors point at it with their `type`. */
export function errorAnchor(code: string): string {
  return `errors-${code}`;
}

/** Every error code with its status and meaning, in the order of the contract. */
export function errorEntries(): ErrorEntry[] {
  return Object.entries(meanings).map(([name, meaning]) => {
    const code = name as ErrorCode;
    return { code, status: httpStatusOf[code], meaning };
  });
}

/** The same as Markdown, for the OpenAPI document. */
export function errorGuide(): string {
  return errorEntries()
    .map(({ code, status, meaning }) => `- **\`${code}\`** (${status}): ${meaning}`)
    .join("\n");
}
