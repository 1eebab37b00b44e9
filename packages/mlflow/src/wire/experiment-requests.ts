import type { Fields } from "../json-rules.ts";
import { LIMITS } from "../limits.ts";
import { validateMaxResults } from "../validation.ts";
import type { KeyValue } from "../validation.ts";
import { VIEW_TYPE } from "./enums.ts";
import type { ViewType } from "./enums.ts";
import {
  messageList,
  optionalEnum,
  optionalInt,
  optionalString,
  requiredString,
  stringList,
} from "./fields.ts";

export interface CreateExperimentRequest {
  readonly name: string;
  readonly artifactLocation: string | undefined;
  readonly tags: readonly KeyValue[];
}

/** Reads experiments/create. @throws MlflowError */
export function readCreateExperiment(fields: Fields): CreateExperimentRequest {
  return {
    name: requiredString(fields, "name"),
    artifactLocation: optionalString(fields, "artifact_location") || undefined,
    tags: readTags(fields),
  };
}

/** Reads experiments/get, delete and restore: the id. @throws MlflowError */
export function readExperimentId(fields: Fields): { readonly experimentId: string } {
  return { experimentId: requiredString(fields, "experiment_id") };
}

/** Reads experiments/get-by-name. @throws MlflowError */
export function readExperimentName(fields: Fields): { readonly name: string } {
  return { name: requiredString(fields, "experiment_name") };
}

export interface UpdateExperimentRequest {
  readonly experimentId: string;
  readonly newName: string;
}

/** Reads experiments/update. @throws MlflowError */
export function readUpdateExperiment(fields: Fields): UpdateExperimentRequest {
  return {
    experimentId: requiredString(fields, "experiment_id"),
    newName: requiredString(fields, "new_name"),
  };
}

export interface ExperimentTagRequest {
  readonly experimentId: string;
  readonly tag: KeyValue;
}

/** Reads experiments/set-experiment-tag. @throws MlflowError */
export function readSetExperimentTag(fields: Fields): ExperimentTagRequest {
  return {
    experimentId: requiredString(fields, "experiment_id"),
    tag: { key: requiredString(fields, "key"), value: optionalString(fields, "value") ?? "" },
  };
}

export interface DeleteExperimentTagRequest {
  readonly experimentId: string;
  readonly key: string;
}

/** Reads experiments/delete-experiment-tag. @throws MlflowError */
export function readDeleteExperimentTag(fields: Fields): DeleteExperimentTagRequest {
  return {
    experimentId: requiredString(fields, "experiment_id"),
    key: requiredString(fields, "key"),
  };
}

export interface SearchExperimentsRequest {
  readonly viewType: ViewType;
  readonly maxResults: number;
  readonly filter: string;
  readonly orderBy: readonly string[];
  readonly pageToken: string | undefined;
}

/** The list fields of experiments/search, for a request that comes as a query. */
export const SEARCH_EXPERIMENTS_LISTS = ["order_by"] as const;

/** Reads experiments/search; unlike other searches it wants a page size. @throws MlflowError */
export function readSearchExperiments(fields: Fields): SearchExperimentsRequest {
  const maxResults = optionalInt(fields, "max_results") ?? 0;
  validateMaxResults(maxResults, LIMITS.searchPage);
  return {
    viewType: optionalEnum(fields, "view_type", VIEW_TYPE) ?? "ACTIVE_ONLY",
    maxResults,
    filter: optionalString(fields, "filter") ?? "",
    orderBy: stringList(fields, "order_by"),
    pageToken: optionalString(fields, "page_token") || undefined,
  };
}

/** Reads a `tags` list of key and value. @throws MlflowError */
export function readTags(fields: Fields): KeyValue[] {
  return messageList(fields, "tags").map((item) => ({
    key: requiredString(item.fields, "key", item.path),
    value: optionalString(item.fields, "value", item.path) ?? "",
  }));
}
