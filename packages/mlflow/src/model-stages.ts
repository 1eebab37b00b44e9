import { invalidParameter } from "./errors.ts";

/** The stages that a version can be in. */
export const MODEL_STAGES = ["None", "Staging", "Production", "Archived"] as const;

export type ModelStage = (typeof MODEL_STAGES)[number];

/** A stage as it is kept, from one in any case. @throws MlflowError for another word */
export function canonicalStage(stage: string): ModelStage {
  const found = MODEL_STAGES.find((known) => known.toLowerCase() === stage.toLowerCase());
  if (found !== undefined) return found;
  throw invalidParameter(
    `Invalid Model Version stage: ${stage.slice(0, 100)}. Value must be one of ${MODEL_STAGES.join(", ")}.`,
  );
}
