import { invalidParameter } from "../errors.ts";
import { readBoolean, type Fields } from "../json-rules.ts";
import { LIMITS } from "../limits.ts";
import type { LoggedModelOrder } from "../order-by.ts";
import { pythonRepr } from "../python-literal.ts";
import {
  type KeyValue,
  requireLength,
  validateKey,
  validateMaxResults,
  validateParam,
} from "../validation.ts";
import { invalidValue, joinPath } from "../wording.ts";
import { readArtifactPath } from "./artifact-requests.ts";
import { readTags } from "./experiment-requests.ts";
import {
  messageList,
  optionalBoolean,
  optionalEnum,
  optionalInt,
  optionalString,
  requiredString,
  stringList,
} from "./fields.ts";

/** The states of a logged model, with the protocol's numbers. */
export const LOGGED_MODEL_STATUS = {
  LOGGED_MODEL_STATUS_UNSPECIFIED: 0,
  LOGGED_MODEL_PENDING: 1,
  LOGGED_MODEL_READY: 2,
  LOGGED_MODEL_UPLOAD_FAILED: 3,
} as const;

export type LoggedModelStatus = keyof typeof LOGGED_MODEL_STATUS;

const LONGEST_NAME = 500;
const LONGEST_TYPE = 500;

export interface CreateLoggedModelRequest {
  readonly experimentId: string;
  readonly name: string | undefined;
  readonly modelType: string;
  readonly sourceRunId: string | undefined;
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

/** Reads logged-models (create). @throws MlflowError */
export function readCreateLoggedModel(fields: Fields): CreateLoggedModelRequest {
  const name = optionalString(fields, "name") || undefined;
  if (name !== undefined && /[/:.%"']/u.test(name)) {
    throw invalidParameter(
      `Invalid model name (${pythonRepr(name.slice(0, 200))}) provided. Model name must be a ` +
        "non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '\"', \"'\")",
    );
  }
  requireLength("name", name ?? "", LONGEST_NAME);
  const modelType = optionalString(fields, "model_type") ?? "";
  requireLength("model_type", modelType, LONGEST_TYPE);
  return {
    experimentId: requiredString(fields, "experiment_id"),
    name,
    modelType,
    sourceRunId: optionalString(fields, "source_run_id") || undefined,
    params: readModelParams(fields),
    tags: readModelTags(fields),
  };
}

/** Reads the `params` of a logged model; a value that is too long is cut. @throws MlflowError */
export function readModelParams(fields: Fields): KeyValue[] {
  return messageList(fields, "params").map(({ fields: item, path }) =>
    validateParam(
      {
        key: requiredString(item, "key", path),
        value: optionalString(item, "value", path) ?? "",
      },
      path,
    ),
  );
}

/** Reads the `tags` of a logged model. @throws MlflowError */
export function readModelTags(fields: Fields): KeyValue[] {
  const tags = readTags(fields);
  tags.forEach(({ key, value }, index) => {
    const path = `tags[${index}]`;
    validateKey(key, joinPath(path, "key"));
    requireLength(joinPath(path, "key"), key, LIMITS.keyLength);
    requireLength(joinPath(path, "value"), value, LIMITS.registryTagValueLength);
  });
  return tags;
}

/** The logged model that a request's address names. @throws MlflowError */
export function readModelId(fields: Fields): string {
  return requiredString(fields, "model_id");
}

/** Reads logged-models/{id} (get). @throws MlflowError */
export function readGetLoggedModel(fields: Fields): { modelId: string; allowDeleted: boolean } {
  const allowDeleted = readBoolean(fields["allow_deleted"]) ?? false;
  return { modelId: readModelId(fields), allowDeleted };
}

/** Reads logged-models/{id} (finalize). @throws MlflowError */
export function readFinalize(fields: Fields): { modelId: string; status: LoggedModelStatus } {
  const status = optionalEnum(fields, "status", LOGGED_MODEL_STATUS);
  if (status !== "LOGGED_MODEL_READY" && status !== "LOGGED_MODEL_UPLOAD_FAILED") {
    throw invalidValue(
      "status",
      fields["status"] ?? null,
      "It must be LOGGED_MODEL_READY or LOGGED_MODEL_UPLOAD_FAILED.",
    );
  }
  return { modelId: readModelId(fields), status };
}

/** Reads logged-models/{id}/artifacts/directories. @throws MlflowError */
export function readModelFolder(fields: Fields): { modelId: string; path: string } {
  const path = optionalString(fields, "artifact_directory_path") ?? "";
  return { modelId: readModelId(fields), path: readArtifactPath(path) };
}

export interface DatasetFilter {
  readonly name: string;
  readonly digest: string | undefined;
}

export interface SearchLoggedModelsRequest {
  readonly experimentIds: readonly string[];
  readonly filter: string;
  readonly datasets: readonly DatasetFilter[];
  readonly maxResults: number;
  readonly orderBy: readonly LoggedModelOrder[];
  readonly pageToken: string | undefined;
}

function readDatasets(fields: Fields): DatasetFilter[] {
  return messageList(fields, "datasets").map(({ fields: item, path }) => ({
    name: requiredString(item, "dataset_name", path),
    digest: optionalString(item, "dataset_digest", path) || undefined,
  }));
}

function readOrder(fields: Fields): LoggedModelOrder[] {
  return messageList(fields, "order_by").map(({ fields: item, path }) => ({
    field_name: optionalString(item, "field_name", path),
    ascending: optionalBoolean(item, "ascending", path),
    dataset_name: optionalString(item, "dataset_name", path),
    dataset_digest: optionalString(item, "dataset_digest", path),
  }));
}

const LARGEST_PAGE = 1000;

/** Reads logged-models/search. @throws MlflowError */
export function readSearchLoggedModels(fields: Fields): SearchLoggedModelsRequest {
  const maxResults = optionalInt(fields, "max_results") || LIMITS.loggedModelsDefaultPage;
  validateMaxResults(maxResults, LARGEST_PAGE);
  return {
    experimentIds: stringList(fields, "experiment_ids"),
    filter: optionalString(fields, "filter") ?? "",
    datasets: readDatasets(fields),
    maxResults,
    orderBy: readOrder(fields),
    pageToken: optionalString(fields, "page_token") || undefined,
  };
}
