import { invalidParameter } from "../errors.ts";
import type { Fields } from "../json-rules.ts";
import { LIMITS } from "../limits.ts";
import { canonicalStage, type ModelStage } from "../model-stages.ts";
import {
  type KeyValue,
  validateAlias,
  validateMaxResults,
  validateModelName,
  validateRegistryTag,
} from "../validation.ts";
import { invalidValue, missingField } from "../wording.ts";
import { readTags } from "./experiment-requests.ts";
import {
  optionalBoolean,
  optionalInt,
  optionalString,
  requiredString,
  stringList,
} from "./fields.ts";

// Every reader checks what it reads, so that nothing wrong reaches a record.

const LONGEST_NAME = 256;
const LONGEST_DESCRIPTION = 100_000;
const LARGEST_VERSION = 2 ** 31 - 1;

/** The registered model that a request is about. @throws MlflowError */
export function readModelName(fields: Fields, field = "name"): string {
  const name = requiredString(fields, field);
  validateModelName(name);
  if (name.length > LONGEST_NAME) throw tooLongFor(field, LONGEST_NAME);
  return name;
}

function tooLongFor(field: string, limit: number): Error {
  return invalidParameter(`'${field}' exceeds the maximum length of ${limit} characters`);
}

function readDescription(fields: Fields): string | undefined {
  const description = optionalString(fields, "description");
  if ((description?.length ?? 0) > LONGEST_DESCRIPTION) {
    throw tooLongFor("description", LONGEST_DESCRIPTION);
  }
  return description;
}

function readRegistryTags(fields: Fields): KeyValue[] {
  const tags = readTags(fields);
  for (const tag of tags) validateRegistryTag(tag);
  return tags;
}

export interface CreateModelRequest {
  readonly name: string;
  readonly description: string | undefined;
  readonly tags: readonly KeyValue[];
}

/** Reads registered-models/create. @throws MlflowError */
export function readCreateModel(fields: Fields): CreateModelRequest {
  return {
    name: readModelName(fields),
    description: readDescription(fields),
    tags: readRegistryTags(fields),
  };
}

/** Reads registered-models/update. @throws MlflowError */
export function readUpdateModel(fields: Fields): { name: string; description: string } {
  return { name: readModelName(fields), description: readDescription(fields) ?? "" };
}

/** Reads registered-models/rename. @throws MlflowError */
export function readRenameModel(fields: Fields): { name: string; newName: string } {
  return { name: readModelName(fields), newName: readModelName(fields, "new_name") };
}

export interface VersionAddress {
  readonly name: string;
  readonly version: number;
}

/** The version of a model that a request is about. @throws MlflowError */
export function readVersionAddress(fields: Fields): VersionAddress {
  const name = readModelName(fields);
  const given = fields["version"] ?? undefined;
  if (given === undefined || given === "") throw missingField("version");
  const version = optionalInt(fields, "version") ?? 0;
  if (version < 1 || version > LARGEST_VERSION) {
    throw invalidValue("version", given, "It must be the number of a version, from 1.");
  }
  return { name, version };
}

export interface CreateVersionRequest {
  readonly name: string;
  readonly source: string;
  readonly runId: string | undefined;
  readonly modelId: string | undefined;
  readonly runLink: string;
  readonly description: string | undefined;
  readonly tags: readonly KeyValue[];
}

const LONGEST_SOURCE = 2000;

/** Reads model-versions/create. @throws MlflowError */
export function readCreateVersion(fields: Fields): CreateVersionRequest {
  const source = requiredString(fields, "source");
  if (source.length > LONGEST_SOURCE) throw tooLongFor("source", LONGEST_SOURCE);
  const runLink = optionalString(fields, "run_link") ?? "";
  if (runLink.length > LONGEST_SOURCE) throw tooLongFor("run_link", LONGEST_SOURCE);
  return {
    name: readModelName(fields),
    source,
    runId: optionalString(fields, "run_id") || undefined,
    modelId: optionalString(fields, "model_id") || undefined,
    runLink,
    description: readDescription(fields),
    tags: readRegistryTags(fields),
  };
}

/** Reads model-versions/update. @throws MlflowError */
export function readUpdateVersion(fields: Fields): VersionAddress & { description: string } {
  return { ...readVersionAddress(fields), description: readDescription(fields) ?? "" };
}

export interface TransitionRequest extends VersionAddress {
  readonly stage: ModelStage;
  readonly archiveOthers: boolean;
}

/** Reads model-versions/transition-stage. @throws MlflowError */
export function readTransition(fields: Fields): TransitionRequest {
  const address = readVersionAddress(fields);
  const stage = canonicalStage(requiredString(fields, "stage"));
  const archiveOthers = optionalBoolean(fields, "archive_existing_versions") ?? false;
  if (archiveOthers && stage !== "Staging" && stage !== "Production") {
    throw invalidParameter(
      "Model version transition cannot archive existing model versions because " +
        `'${stage}' is not an Active stage. Valid stages are ['Staging', 'Production']`,
    );
  }
  return { ...address, stage, archiveOthers };
}

/** The list fields of registered-models/get-latest-versions, for a request that comes as a query. */
export const LATEST_VERSIONS_LISTS = ["stages"] as const;

/** Reads registered-models/get-latest-versions; without stages all are meant. @throws MlflowError */
export function readLatestVersions(fields: Fields): { name: string; stages: ModelStage[] } {
  return { name: readModelName(fields), stages: stringList(fields, "stages").map(canonicalStage) };
}

/** Reads a tag to set: its key and value. @throws MlflowError */
export function readRegistryTag(fields: Fields): KeyValue {
  const tag = {
    key: requiredString(fields, "key"),
    value: optionalString(fields, "value") ?? "",
  };
  validateRegistryTag(tag);
  return tag;
}

/** Reads a tag to delete: its key. @throws MlflowError */
export function readRegistryTagKey(fields: Fields): string {
  const key = requiredString(fields, "key");
  validateRegistryTag({ key, value: "" });
  return key;
}

/** Reads registered-models/alias when it sets one. @throws MlflowError */
export function readSetAlias(fields: Fields): VersionAddress & { alias: string } {
  const alias = requiredString(fields, "alias");
  validateAlias(alias);
  return { ...readVersionAddress(fields), alias };
}

/** Reads registered-models/alias when it finds or deletes one. @throws MlflowError */
export function readAlias(fields: Fields): { name: string; alias: string } {
  const alias = requiredString(fields, "alias");
  // "latest" cannot be set, but it can be asked for.
  if (alias.toLowerCase() !== "latest") validateAlias(alias);
  return { name: readModelName(fields), alias };
}

export interface RegistrySearch {
  readonly filter: string;
  readonly maxResults: number;
  readonly orderBy: readonly string[];
  readonly pageToken: string | undefined;
}

/** The list fields of both searches, which come as queries. */
export const REGISTRY_SEARCH_LISTS = ["order_by"] as const;

function readSearch(fields: Fields, page: { usual: number; most: number }): RegistrySearch {
  const maxResults = optionalInt(fields, "max_results") ?? page.usual;
  validateMaxResults(maxResults, page.most);
  return {
    filter: optionalString(fields, "filter") ?? "",
    maxResults,
    orderBy: stringList(fields, "order_by"),
    pageToken: optionalString(fields, "page_token") || undefined,
  };
}

/** Reads registered-models/search. @throws MlflowError */
export function readSearchModels(fields: Fields): RegistrySearch {
  return readSearch(fields, {
    usual: LIMITS.registeredModelsDefaultPage,
    most: LIMITS.registeredModelsPage,
  });
}

/** Reads model-versions/search. @throws MlflowError */
export function readSearchVersions(fields: Fields): RegistrySearch {
  return readSearch(fields, {
    usual: LIMITS.modelVersionsDefaultPage,
    most: LIMITS.modelVersionsPage,
  });
}
