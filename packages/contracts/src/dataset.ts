import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import {
  Digest,
  Id,
  LongPageQuery,
  PageQuery,
  pageOf,
  ProjectParams,
  Slug,
  Timestamp,
} from "./fields.ts";

/** Bytes of UTF-8 that a file's path may have, and a part of it. */
const LONGEST_PATH = 2000;
const LONGEST_PART = 255;

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function faultOf(path: string): string | null {
  if (path === "") return "is empty";
  if (/\p{Cc}/u.test(path)) return "has a control character in it";
  if (/\p{Surrogate}/u.test(path)) return "is not valid Unicode";
  if (path.startsWith("/")) return "is absolute; it must be relative to the dataset";
  if (path.includes("\\")) return "has a backslash in it; folders are parted by /";
  const parts = path.split("/");
  if (parts.includes("..")) return 'has ".." in it';
  if (parts.some((part) => part === "" || part === ".")) return "has an empty part, or a . one";
  if (bytesOf(path) > LONGEST_PATH) return `is longer than ${LONGEST_PATH} bytes`;
  const long = parts.some((part) => bytesOf(part) > LONGEST_PART);
  return long ? `has a part of more than ${LONGEST_PART} bytes` : null;
}

/** What keeps a path from being one of a dataset's, as a sentence that names it; null if nothing. */
export function dataPathFault(path: string): string | null {
  const fault = faultOf(path);
  const shown = JSON.stringify(path.length > 200 ? `${path.slice(0, 200)}…` : path);
  return fault === null ? null : `the path ${shown} ${fault}`;
}

/** Path of a file below a dataset's root: relative, with forward slashes, the same everywhere. */
export const DataPath = z.string().superRefine((path, ctx) => {
  const message = dataPathFault(path);
  if (message !== null) ctx.addIssue({ code: "custom", message });
});

/** The newest version goes by this name. */
export const LATEST = "latest";

/** A number, a tag, or "latest". */
export const VersionName = z
  .string()
  .max(60)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, 'must be a version\'s number, a tag, or "latest"');

/** A name that is moved from version to version. */
export const TagName = Slug.refine(
  (name) => name !== LATEST && !/^\d+$/.test(name),
  'must be neither a number nor "latest", which is always the newest version',
);

export const DatasetVersion = z.object({
  id: Id,
  dataset: Slug,
  number: z.number().int(),
  /** Equal for versions with the same files. */
  digest: Digest,
  message: z.string(),
  fileCount: z.number().int(),
  sizeBytes: z.number().int(),
  tags: z.array(z.string()),
  createdBy: z.string(),
  createdAt: Timestamp,
});
export type DatasetVersion = z.infer<typeof DatasetVersion>;

export const Dataset = z.object({
  name: Slug,
  project: Slug,
  latest: DatasetVersion,
  createdBy: z.string(),
  createdAt: Timestamp,
});
export type Dataset = z.infer<typeof Dataset>;

export const DatasetFile = z.object({
  path: z.string(),
  sha256: Digest,
  sizeBytes: z.number().int(),
});
export type DatasetFile = z.infer<typeof DatasetFile>;

/** How a file differs from one version to another. */
export const DatasetChange = z.object({
  path: z.string(),
  change: z.enum(["added", "removed", "changed"]),
  before: DatasetFile.nullable(),
  after: DatasetFile.nullable(),
});
export type DatasetChange = z.infer<typeof DatasetChange>;

const path = "/api/v1/projects/{project}/datasets";
const tag = "Datasets";

const named = z.strictObject({ project: Slug, name: Slug });
const versioned = named.extend({ version: VersionName });
const onePath = z.strictObject({ path: DataPath });

export const listDatasets = defineEndpoint({
  id: "listDatasets",
  method: "GET",
  path,
  tag,
  summary: "The project's datasets with their newest versions",
  action: "data.read",
  params: ProjectParams,
  query: PageQuery,
  status: 200,
  response: pageOf(Dataset),
});

export const getDataset = defineEndpoint({
  id: "getDataset",
  method: "GET",
  path: `${path}/{name}`,
  tag,
  summary: "A dataset",
  action: "data.read",
  params: named,
  status: 200,
  response: Dataset,
});

export const listDatasetVersions = defineEndpoint({
  id: "listDatasetVersions",
  method: "GET",
  path: `${path}/{name}/versions`,
  tag,
  summary: "All versions, newest first",
  action: "data.read",
  params: named,
  query: PageQuery,
  status: 200,
  response: pageOf(DatasetVersion),
});

export const getDatasetVersion = defineEndpoint({
  id: "getDatasetVersion",
  method: "GET",
  path: `${path}/{name}/versions/{version}`,
  tag,
  summary: "One version, by its number, a tag or latest",
  action: "data.read",
  params: versioned,
  status: 200,
  response: DatasetVersion,
});

export const listDatasetFiles = defineEndpoint({
  id: "listDatasetFiles",
  method: "GET",
  path: `${path}/{name}/versions/{version}/files`,
  tag,
  summary: "The files of a version, by path",
  action: "data.read",
  params: versioned,
  query: LongPageQuery,
  status: 200,
  response: pageOf(DatasetFile),
});

export const getDatasetFile = defineEndpoint({
  id: "getDatasetFile",
  method: "GET",
  path: `${path}/{name}/versions/{version}/file`,
  tag,
  summary: "One file's bytes, all or a range",
  action: "data.read",
  params: versioned,
  query: onePath,
  status: 200,
  responseWire: "stream",
});

export const compareDatasetVersions = defineEndpoint({
  id: "compareDatasetVersions",
  method: "GET",
  path: `${path}/{name}/versions/{version}/compare/{other}`,
  tag,
  summary: "Which files were added, removed or changed from one version to another",
  action: "data.read",
  params: versioned.extend({ other: VersionName }),
  query: LongPageQuery,
  status: 200,
  response: pageOf(DatasetChange),
});

export const putDatasetTag = defineEndpoint({
  id: "putDatasetTag",
  method: "PUT",
  path: `${path}/{name}/tags/{tag}`,
  tag,
  summary: "Point a tag at a version, wherever it pointed before",
  action: "data.write",
  params: named.extend({ tag: TagName }),
  body: z.strictObject({ version: z.number().int().min(1).max(999_999_999) }),
  status: 200,
  response: DatasetVersion,
});

export const deleteDatasetTag = defineEndpoint({
  id: "deleteDatasetTag",
  method: "DELETE",
  path: `${path}/{name}/tags/{tag}`,
  tag,
  summary: "Take a tag away",
  action: "data.write",
  params: named.extend({ tag: TagName }),
  status: 204,
});
