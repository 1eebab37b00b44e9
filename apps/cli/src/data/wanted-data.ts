import type { SubmitJob } from "@tessera/contracts/job";
import { readDataRef } from "./data-ref.ts";

/** Reads `name[@version][:path]` for each: a dataset, and where a run wants to find it. */
export function wantedData(texts: readonly string[] = []): Pick<SubmitJob, "data"> {
  if (texts.length === 0) return {};
  return {
    data: texts.map((text) => {
      const at = text.indexOf(":");
      const dataset = at === -1 ? text : text.slice(0, at);
      readDataRef(dataset);
      return at === -1 ? { dataset } : { dataset, path: text.slice(at + 1) };
    }),
  };
}
