import { ApiError, UnreachableError } from "@tessera/client/api-error";
import type { ErrorCode } from "@tessera/contracts/errors";
import type { ErrorWords } from "../parts/error-panel.tsx";

/** An error in words, with what it happened to: `errorWords(error, "Could not load the runs")`. */
export function errorWords(error: unknown, title: string): ErrorWords {
  if (error instanceof ApiError) {
    const { detail, code, requestId } = error.problem;
    return { title, detail, code, id: requestId, remedy: remedies[code] };
  }
  if (error instanceof UnreachableError) {
    return {
      title,
      detail: "The platform does not answer.",
      remedy: "It may be starting again; this page tries on by itself. Is your network up?",
    };
  }
  return { title, detail: error instanceof Error ? error.message : String(error) };
}

const remedies: Partial<Record<ErrorCode, string>> = {
  permission_denied: "An owner of the project can give you a role that may.",
  not_found: "It may have been deleted, or you may have no access to it.",
  internal: "Give this id to whoever runs the platform; the server's log says more.",
};
