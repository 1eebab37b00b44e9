import { ApiError, UnreachableError } from "@tessera/client/api-error";
import { putDraftFile } from "@tessera/contracts/dataset-draft";
import { Problem } from "@tessera/contracts/errors";
import { client } from "../../../data/client.ts";
import type { PickedFile } from "./dropped-files.ts";

interface Sending {
  readonly params: { readonly project: string; readonly name: string; readonly id: string };
  readonly signal: AbortSignal;
  /** Tells how many bytes of the file have left. */
  onBytes(bytes: number): void;
}

function failureOf({ status, responseText }: XMLHttpRequest): Error {
  try {
    return new ApiError(Problem.parse(JSON.parse(responseText)));
  } catch {
    return new UnreachableError("", `The platform answered ${status} to an upload`);
  }
}

/** Sends one file of an upload. Only this kind of request tells how far it is. */
export function sendFile({ path, file }: PickedFile, sending: Sending): Promise<void> {
  const { params, signal, onBytes } = sending;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new DOMException("Stopped", "AbortError"));
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    request.open("PUT", client.urlOf(putDraftFile, { params, query: { path } }));
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.addEventListener("progress", ({ loaded }) => onBytes(loaded));
    request.addEventListener("load", () => {
      if (request.status === 200) resolve();
      else reject(failureOf(request));
    });
    request.addEventListener("error", () =>
      reject(new UnreachableError("", "Could not reach the platform")),
    );
    request.addEventListener("abort", () => reject(new DOMException("Stopped", "AbortError")));
    request.addEventListener("loadend", () => signal.removeEventListener("abort", abort));
    signal.addEventListener("abort", abort);
    request.send(file);
  });
}
