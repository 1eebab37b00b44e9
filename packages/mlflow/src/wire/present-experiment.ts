import { omitUnset } from "../json-rules.ts";
import type { KeyValue } from "../validation.ts";
import type { LifecycleStage } from "./enums.ts";

export interface ExperimentRecord {
  /** Decimal, from "0". */
  readonly id: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly lifecycleStage: LifecycleStage;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  readonly tags: readonly KeyValue[];
}

export interface ExperimentJson {
  readonly experiment_id: string;
  readonly name: string;
  readonly artifact_location: string;
  readonly lifecycle_stage: LifecycleStage;
  readonly last_update_time: number;
  readonly creation_time: number;
  readonly tags?: readonly KeyValue[];
}

/** An experiment. */
export function presentExperiment(experiment: ExperimentRecord): ExperimentJson {
  return omitUnset({
    experiment_id: experiment.id,
    name: experiment.name,
    artifact_location: experiment.artifactLocation,
    lifecycle_stage: experiment.lifecycleStage,
    last_update_time: experiment.lastUpdateTime,
    creation_time: experiment.creationTime,
    tags: experiment.tags.map(({ key, value }) => ({ key, value })),
  });
}

/** A page of experiments/search. */
export function presentExperimentsPage(
  experiments: readonly ExperimentRecord[],
  nextPageToken?: string,
): { readonly experiments?: readonly ExperimentJson[]; readonly next_page_token?: string } {
  return omitUnset({
    experiments: experiments.map(presentExperiment),
    next_page_token: nextPageToken,
  });
}
