import { omitUnset, presentDouble } from "../json-rules.ts";
import type { ModelStage } from "../model-stages.ts";
import type { KeyValue } from "../validation.ts";

export interface ModelVersionRecord {
  readonly name: string;
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  readonly userId: string;
  readonly stage: ModelStage;
  readonly description: string;
  readonly source: string;
  readonly runId: string | null;
  readonly runLink: string;
  readonly modelId: string | null;
  readonly tags: readonly KeyValue[];
  readonly aliases: readonly string[];
}

export interface RegisteredModelRecord {
  readonly name: string;
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  readonly userId: string;
  readonly description: string;
  /** The newest of each stage. */
  readonly latestVersions: readonly ModelVersionRecord[];
  readonly tags: readonly KeyValue[];
  readonly aliases: readonly { readonly alias: string; readonly version: number }[];
}

function pair({ key, value }: KeyValue): KeyValue {
  return { key, value };
}

/** A version of a registered model; its number is text, as in the protocol. */
export function presentModelVersion(version: ModelVersionRecord) {
  return omitUnset({
    name: version.name,
    version: String(version.version),
    creation_timestamp: version.creationTime,
    last_updated_timestamp: version.lastUpdateTime,
    user_id: version.userId,
    current_stage: version.stage,
    description: version.description,
    source: version.source,
    run_id: version.runId ?? "",
    status: "READY",
    tags: version.tags.map(pair),
    run_link: version.runLink,
    aliases: [...version.aliases],
    model_id: version.modelId,
  });
}

/** A registered model. */
export function presentRegisteredModel(model: RegisteredModelRecord) {
  return omitUnset({
    name: model.name,
    creation_timestamp: model.creationTime,
    last_updated_timestamp: model.lastUpdateTime,
    user_id: model.userId,
    description: model.description,
    latest_versions: model.latestVersions.map(presentModelVersion),
    tags: model.tags.map(pair),
    aliases: model.aliases.map(({ alias, version }) => ({ alias, version: String(version) })),
  });
}

/** A page of registered-models/search. */
export function presentModelsPage(
  models: readonly RegisteredModelRecord[],
  nextPageToken?: string,
) {
  return omitUnset({
    registered_models: models.map(presentRegisteredModel),
    next_page_token: nextPageToken,
  });
}

/** A list of versions, of a search or of the latest. */
export function presentVersionsPage(
  versions: readonly ModelVersionRecord[],
  nextPageToken?: string,
) {
  return omitUnset({
    model_versions: versions.map(presentModelVersion),
    next_page_token: nextPageToken,
  });
}

export interface ModelMetricRecord {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  readonly runId: string;
  readonly datasetName: string | null;
  readonly datasetDigest: string | null;
}

export interface LoggedModelRecord {
  readonly id: string;
  readonly experimentId: string;
  readonly name: string;
  readonly modelType: string;
  readonly status: string;
  readonly sourceRunId: string | null;
  readonly artifactUri: string;
  readonly creationTime: number;
  readonly lastUpdateTime: number;
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
  readonly metrics: readonly ModelMetricRecord[];
}

function presentModelMetric(metric: ModelMetricRecord, modelId: string) {
  return omitUnset({
    key: metric.key,
    value: presentDouble(metric.value),
    timestamp: metric.timestamp,
    step: metric.step,
    run_id: metric.runId,
    model_id: modelId,
    dataset_name: metric.datasetName,
    dataset_digest: metric.datasetDigest,
  });
}

/** A logged model. */
export function presentLoggedModel(model: LoggedModelRecord) {
  return {
    info: omitUnset({
      model_id: model.id,
      experiment_id: model.experimentId,
      name: model.name,
      creation_timestamp_ms: model.creationTime,
      last_updated_timestamp_ms: model.lastUpdateTime,
      artifact_uri: model.artifactUri,
      status: model.status,
      model_type: model.modelType,
      source_run_id: model.sourceRunId ?? "",
      tags: model.tags.map(pair),
    }),
    data: omitUnset({
      params: model.params.map(pair),
      metrics: model.metrics.map((metric) => presentModelMetric(metric, model.id)),
    }),
  };
}

/** A page of logged-models/search. */
export function presentLoggedModelsPage(
  models: readonly LoggedModelRecord[],
  nextPageToken?: string,
) {
  return omitUnset({ models: models.map(presentLoggedModel), next_page_token: nextPageToken });
}
