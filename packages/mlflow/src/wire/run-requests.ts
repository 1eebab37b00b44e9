import type { Fields } from "../json-rules.ts";
import { LIMITS } from "../limits.ts";
import { validateMaxResults } from "../validation.ts";
import type { Batch, KeyValue } from "../validation.ts";
import { invalidValue, missingField } from "../wording.ts";
import { RUN_STATUS, VIEW_TYPE } from "./enums.ts";
import type { RunStatus, ViewType } from "./enums.ts";
import { readTags } from "./experiment-requests.ts";
import {
  messageList,
  optionalEnum,
  optionalInt,
  optionalString,
  requiredDouble,
  requiredInt,
  requiredString,
  stringList,
} from "./fields.ts";

export interface CreateRunRequest {
  readonly experimentId: string | undefined;
  readonly userId: string;
  readonly runName: string | undefined;
  /** Milliseconds since 1970. */
  readonly startTime: number | undefined;
  readonly tags: readonly KeyValue[];
}

/** Reads runs/create. @throws MlflowError */
export function readCreateRun(fields: Fields): CreateRunRequest {
  return {
    experimentId: optionalString(fields, "experiment_id") || undefined,
    userId: optionalString(fields, "user_id") ?? "",
    runName: optionalString(fields, "run_name") || undefined,
    startTime: optionalInt(fields, "start_time"),
    tags: readTags(fields),
  };
}

/** The run that a request is about: `run_id`, or `run_uuid` from older clients. */
export function readRunId(fields: Fields): string {
  const id = optionalString(fields, "run_id") || optionalString(fields, "run_uuid");
  if (id === undefined || id === "") throw missingField("run_id");
  return id;
}

export interface UpdateRunRequest {
  readonly runId: string;
  readonly status: RunStatus | undefined;
  readonly endTime: number | undefined;
  readonly runName: string | undefined;
}

/** Reads runs/update; what is unset stays as it is. @throws MlflowError */
export function readUpdateRun(fields: Fields): UpdateRunRequest {
  return {
    runId: readRunId(fields),
    status: optionalEnum(fields, "status", RUN_STATUS),
    endTime: optionalInt(fields, "end_time"),
    runName: optionalString(fields, "run_name") || undefined,
  };
}

/** A metric as it is logged, with what it was measured on when that is known. */
export interface LoggedMetric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
  readonly modelId?: string;
  readonly datasetName?: string;
  readonly datasetDigest?: string;
}

export interface LogMetricRequest {
  readonly runId: string;
  readonly metric: LoggedMetric;
}

/** Reads runs/log-metric. @throws MlflowError */
export function readLogMetric(fields: Fields): LogMetricRequest {
  return { runId: readRunId(fields), metric: readMetric(fields, "") };
}

function readMetric(fields: Fields, path: string): LoggedMetric {
  const modelId = optionalString(fields, "model_id", path);
  const datasetName = optionalString(fields, "dataset_name", path);
  const datasetDigest = optionalString(fields, "dataset_digest", path);
  return {
    key: requiredString(fields, "key", path),
    value: requiredDouble(fields, "value", path),
    timestamp: requiredInt(fields, "timestamp", path),
    step: optionalInt(fields, "step", path) ?? 0,
    ...(modelId ? { modelId } : {}),
    ...(datasetName ? { datasetName } : {}),
    ...(datasetDigest ? { datasetDigest } : {}),
  };
}

export interface LogParamRequest {
  readonly runId: string;
  readonly param: KeyValue;
}

/** Reads runs/log-parameter. @throws MlflowError */
export function readLogParam(fields: Fields): LogParamRequest {
  return { runId: readRunId(fields), param: readKeyValue(fields) };
}

export interface SetTagRequest {
  readonly runId: string;
  readonly tag: KeyValue;
}

/** Reads runs/set-tag. @throws MlflowError */
export function readSetTag(fields: Fields): SetTagRequest {
  return { runId: readRunId(fields), tag: readKeyValue(fields) };
}

export interface DeleteTagRequest {
  readonly runId: string;
  readonly key: string;
}

/** Reads runs/delete-tag. @throws MlflowError */
export function readDeleteTag(fields: Fields): DeleteTagRequest {
  return { runId: readRunId(fields), key: requiredString(fields, "key") };
}

function readKeyValue(fields: Fields, path = ""): KeyValue {
  return {
    key: requiredString(fields, "key", path),
    value: optionalString(fields, "value", path) ?? "",
  };
}

export interface LogBatchRequest extends Batch {
  readonly runId: string;
  readonly metrics: readonly LoggedMetric[];
}

/** Reads runs/log-batch; validation.ts checks what is in it. @throws MlflowError */
export function readLogBatch(fields: Fields): LogBatchRequest {
  return {
    runId: readRunId(fields),
    metrics: messageList(fields, "metrics").map((item) => readMetric(item.fields, item.path)),
    params: messageList(fields, "params").map((item) => readKeyValue(item.fields, item.path)),
    tags: messageList(fields, "tags").map((item) => readKeyValue(item.fields, item.path)),
  };
}

export interface SearchRunsRequest {
  readonly experimentIds: readonly string[];
  readonly filter: string;
  readonly viewType: ViewType;
  readonly maxResults: number;
  readonly orderBy: readonly string[];
  readonly pageToken: string | undefined;
}

/** Reads runs/search. @throws MlflowError */
export function readSearchRuns(fields: Fields): SearchRunsRequest {
  const maxResults = optionalInt(fields, "max_results") ?? LIMITS.searchRunsDefaultPage;
  if (maxResults > LIMITS.searchPage) {
    const hint = `It must be at most ${LIMITS.searchPage}.`;
    throw invalidValue("max_results", maxResults, hint);
  }
  validateMaxResults(maxResults, LIMITS.searchPage);
  return {
    experimentIds: stringList(fields, "experiment_ids"),
    filter: optionalString(fields, "filter") ?? "",
    viewType: optionalEnum(fields, "run_view_type", VIEW_TYPE) ?? "ACTIVE_ONLY",
    maxResults,
    orderBy: stringList(fields, "order_by"),
    pageToken: optionalString(fields, "page_token") || undefined,
  };
}
