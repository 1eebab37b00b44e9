import { invalidParameter } from "../errors.ts";
import type { Fields } from "../json-rules.ts";
import { LIMITS } from "../limits.ts";
import { requireLength } from "../validation.ts";
import type { KeyValue } from "../validation.ts";
import { missingField } from "../wording.ts";
import {
  messageList,
  optionalInt,
  optionalMessage,
  optionalString,
  requiredString,
} from "./fields.ts";
import { readRunId } from "./run-requests.ts";

export interface DatasetInput {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema?: string;
  readonly profile?: string;
  readonly tags: readonly KeyValue[];
}

/** A model that a run made, at a step. */
export interface ModelOutput {
  readonly modelId: string;
  readonly step: number;
}

export interface LogInputsRequest {
  readonly runId: string;
  readonly datasets: readonly DatasetInput[];
  readonly modelIds: readonly string[];
}

/** Reads runs/log-inputs and checks its lengths. @throws MlflowError */
export function readLogInputs(fields: Fields): LogInputsRequest {
  const datasets = messageList(fields, "datasets");
  if (datasets.length > LIMITS.datasetsPerBatch) {
    throw invalidParameter(
      `A request can contain at most ${LIMITS.datasetsPerBatch} datasets. Got ${datasets.length}.`,
    );
  }
  return {
    runId: readRunId(fields),
    datasets: datasets.map((item) => readDataset(item.fields, item.path)),
    modelIds: messageList(fields, "models").map((item) =>
      requiredString(item.fields, "model_id", item.path),
    ),
  };
}

function readDataset(fields: Fields, path: string): DatasetInput {
  const dataset = optionalMessage(fields, "dataset", path);
  const place = `${path}.dataset`;
  if (dataset === undefined) throw missingField(place);
  const schema = optionalString(dataset, "schema", place);
  const profile = optionalString(dataset, "profile", place);
  const read = {
    name: requiredString(dataset, "name", place),
    digest: requiredString(dataset, "digest", place),
    sourceType: requiredString(dataset, "source_type", place),
    source: requiredString(dataset, "source", place),
    ...(schema === undefined ? {} : { schema }),
    ...(profile === undefined ? {} : { profile }),
  };
  requireLength("name", read.name, LIMITS.datasetNameLength);
  requireLength("digest", read.digest, LIMITS.datasetDigestLength);
  requireLength("source", read.source, LIMITS.datasetSourceLength);
  requireLength("schema", schema ?? "", LIMITS.datasetSchemaLength);
  requireLength("profile", profile ?? "", LIMITS.datasetProfileLength);
  return { ...read, tags: messageList(fields, "tags", path).map(readInputTag) };
}

function readInputTag(item: { readonly fields: Fields; readonly path: string }): KeyValue {
  const key = requiredString(item.fields, "key", item.path);
  const value = optionalString(item.fields, "value", item.path);
  if (value === undefined) throw missingField(`${item.path}.value`);
  requireLength("key", key, LIMITS.inputTagKeyLength);
  requireLength("value", value, LIMITS.inputTagValueLength);
  return { key, value };
}

export interface LogOutputsRequest {
  readonly runId: string;
  readonly models: readonly ModelOutput[];
}

/** Reads runs/outputs. @throws MlflowError */
export function readLogOutputs(fields: Fields): LogOutputsRequest {
  const runId = readRunId(fields);
  if ((fields["models"] ?? undefined) === undefined) throw missingField("models");
  const models = messageList(fields, "models").map((item) => ({
    modelId: requiredString(item.fields, "model_id", item.path),
    step: optionalInt(item.fields, "step", item.path) ?? 0,
  }));
  return { runId, models };
}
