import { omitUnset, presentDouble } from "../json-rules.ts";
import type { JsonDouble } from "../json-rules.ts";
import type { KeyValue } from "../validation.ts";
import type { LifecycleStage, RunStatus } from "./enums.ts";
import type { DatasetInput, ModelOutput } from "./input-requests.ts";
import type { LoggedMetric } from "./run-requests.ts";

export interface RunInfoRecord {
  readonly id: string;
  readonly name: string;
  readonly experimentId: string;
  readonly userId: string;
  readonly status: RunStatus;
  /** Milliseconds since 1970. */
  readonly startTime: number | null;
  readonly endTime: number | null;
  readonly artifactUri: string;
  readonly lifecycleStage: LifecycleStage;
}

export interface RunRecord extends RunInfoRecord {
  /** The latest point of each metric. */
  readonly metrics: readonly MetricRecord[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
  readonly datasets?: readonly DatasetInput[];
  /** The ids of the models that it read. */
  readonly modelInputs?: readonly string[];
  readonly modelOutputs?: readonly ModelOutput[];
}

/** A metric point; of a history also the run that it is of. */
export interface MetricRecord extends LoggedMetric {
  readonly runId?: string;
}

export interface MetricJson {
  readonly key: string;
  readonly value: JsonDouble;
  readonly timestamp: number;
  readonly step: number;
  readonly dataset_name?: string;
  readonly dataset_digest?: string;
  readonly model_id?: string;
  readonly run_id?: string;
}

export interface RunInfoJson {
  readonly run_uuid: string;
  readonly run_id: string;
  readonly run_name: string;
  readonly experiment_id: string;
  readonly user_id: string;
  readonly status: RunStatus;
  readonly start_time?: number;
  readonly end_time?: number;
  readonly artifact_uri: string;
  readonly lifecycle_stage: LifecycleStage;
}

export interface DatasetJson {
  readonly name: string;
  readonly digest: string;
  readonly source_type: string;
  readonly source: string;
  readonly schema?: string;
  readonly profile?: string;
}

export interface RunJson {
  readonly info: RunInfoJson;
  readonly data: {
    readonly metrics?: readonly MetricJson[];
    readonly params?: readonly KeyValue[];
    readonly tags?: readonly KeyValue[];
  };
  readonly inputs: {
    readonly dataset_inputs?: readonly {
      readonly tags?: readonly KeyValue[];
      readonly dataset: DatasetJson;
    }[];
    readonly model_inputs?: readonly { readonly model_id: string }[];
  };
  readonly outputs: {
    readonly model_outputs?: readonly { readonly model_id: string; readonly step: number }[];
  };
}

/** A run's `info`. */
export function presentRunInfo(run: RunInfoRecord): RunInfoJson {
  return omitUnset({
    run_uuid: run.id,
    run_id: run.id,
    run_name: run.name,
    experiment_id: run.experimentId,
    user_id: run.userId,
    status: run.status,
    start_time: run.startTime,
    end_time: run.endTime,
    artifact_uri: run.artifactUri,
    lifecycle_stage: run.lifecycleStage,
  });
}

/** A metric point. */
export function presentMetric(metric: MetricRecord): MetricJson {
  const { key, value, timestamp, step, datasetName, datasetDigest, modelId, runId } = metric;
  const point = { key, value: presentDouble(value), timestamp, step };
  if (runId === undefined && modelId === undefined && datasetName === undefined) return point;
  return omitUnset({
    ...point,
    dataset_name: datasetName,
    dataset_digest: datasetDigest,
    model_id: modelId,
    run_id: runId,
  });
}

/** A whole run. */
export function presentRun(run: RunRecord): RunJson {
  return {
    info: presentRunInfo(run),
    data: omitUnset({
      metrics: run.metrics.map(presentMetric),
      params: run.params.map(presentKeyValue),
      tags: run.tags.map(presentKeyValue),
    }),
    inputs: omitUnset({
      dataset_inputs: (run.datasets ?? []).map(presentDatasetInput),
      model_inputs: (run.modelInputs ?? []).map((id) => ({ model_id: id })),
    }),
    outputs: omitUnset({
      model_outputs: (run.modelOutputs ?? []).map(({ modelId, step }) => {
        return { model_id: modelId, step };
      }),
    }),
  };
}

function presentKeyValue({ key, value }: KeyValue): KeyValue {
  return { key, value };
}

function presentDatasetInput(input: DatasetInput) {
  const dataset = omitUnset({
    name: input.name,
    digest: input.digest,
    source_type: input.sourceType,
    source: input.source,
    schema: input.schema,
    profile: input.profile,
  });
  return omitUnset({ tags: input.tags.map(presentKeyValue), dataset });
}

/** A page of runs/search. */
export function presentRunsPage(
  runs: readonly RunRecord[],
  nextPageToken?: string,
): { readonly runs?: readonly RunJson[]; readonly next_page_token?: string } {
  return omitUnset({ runs: runs.map(presentRun), next_page_token: nextPageToken });
}

/** A page of a metric's history. */
export function presentMetricsPage(
  metrics: readonly MetricRecord[],
  nextPageToken?: string,
): { readonly metrics?: readonly MetricJson[]; readonly next_page_token?: string } {
  return omitUnset({ metrics: metrics.map(presentMetric), next_page_token: nextPageToken });
}
