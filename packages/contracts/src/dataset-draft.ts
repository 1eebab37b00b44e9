import { z } from "zod";
import { DataPath, DatasetFile, DatasetVersion } from "./dataset.ts";
import { defineEndpoint } from "./endpoint.ts";
import { Digest, Id, LongPageQuery, pageOf, Slug, Timestamp } from "./fields.ts";

/** An upload on its way: files are added one by one until it is committed. */
export const DatasetDraft = z.object({
  id: Id,
  dataset: Slug,
  message: z.string(),
  fileCount: z.number().int(),
  sizeBytes: z.number().int(),
  /** The version that it became. */
  version: z.number().int().nullable(),
  createdBy: z.string(),
  createdAt: Timestamp,
  /** When it is deleted unless files are added. */
  expiresAt: Timestamp,
});
export type DatasetDraft = z.infer<typeof DatasetDraft>;

const Message = z.string().max(2000);

const MOST_KNOWN = 1000;

/** Files whose content may be there already. */
export const AddKnownFiles = z.strictObject({
  files: z
    .array(z.strictObject({ path: DataPath, sha256: Digest }))
    .max(MOST_KNOWN)
    .superRefine((files, ctx) => {
      const seen = new Set<string>();
      files.forEach(({ path }, at) => {
        const message = `the path ${JSON.stringify(path)} is there twice`;
        if (seen.has(path)) ctx.addIssue({ code: "custom", path: [at, "path"], message });
        seen.add(path);
      });
    }),
});
export type AddKnownFiles = z.infer<typeof AddKnownFiles>;

const path = "/api/v1/projects/{project}/datasets/{name}/drafts";
const tag = "Datasets";

const named = z.strictObject({ project: Slug, name: Slug });
const draft = named.extend({ id: Id });
const onePath = z.strictObject({ path: DataPath });

export const createDatasetDraft = defineEndpoint({
  id: "createDatasetDraft",
  method: "POST",
  path,
  tag,
  summary: "Begin an upload; the dataset is there once its first version is committed",
  action: "data.write",
  params: named,
  body: z.strictObject({ message: Message.optional() }),
  status: 201,
  response: DatasetDraft,
});

export const getDatasetDraft = defineEndpoint({
  id: "getDatasetDraft",
  method: "GET",
  path: `${path}/{id}`,
  tag,
  summary: "An upload",
  action: "data.write",
  params: draft,
  status: 200,
  response: DatasetDraft,
});

export const listDraftFiles = defineEndpoint({
  id: "listDraftFiles",
  method: "GET",
  path: `${path}/{id}/files`,
  tag,
  summary: "What an upload has so far, to go on with it",
  action: "data.write",
  params: draft,
  query: LongPageQuery,
  status: 200,
  response: pageOf(DatasetFile),
});

export const addKnownFiles = defineEndpoint({
  id: "addKnownFiles",
  method: "POST",
  path: `${path}/{id}/files`,
  tag,
  summary: "Add files whose content the project's datasets have; answers those that must be sent",
  action: "data.write",
  params: draft,
  body: AddKnownFiles,
  status: 200,
  response: z.object({ missing: z.array(z.string()) }),
  errors: ["failed_precondition"],
});

export const putDraftFile = defineEndpoint({
  id: "putDraftFile",
  method: "PUT",
  path: `${path}/{id}/file`,
  tag,
  summary: "Add a file, or replace it; once answered, it is kept whatever happens",
  action: "data.write",
  params: draft,
  query: onePath.extend({ sha256: Digest.optional().describe("what the content must hash to") }),
  bodyWire: "stream",
  status: 200,
  response: DatasetFile,
  errors: ["failed_precondition", "disk_full"],
});

export const deleteDraftFile = defineEndpoint({
  id: "deleteDraftFile",
  method: "DELETE",
  path: `${path}/{id}/file`,
  tag,
  summary: "Take a file out of an upload",
  action: "data.write",
  params: draft,
  query: onePath,
  status: 204,
  errors: ["failed_precondition"],
});

export const commitDatasetDraft = defineEndpoint({
  id: "commitDatasetDraft",
  method: "POST",
  path: `${path}/{id}/commit`,
  tag,
  summary: "Make the next version of it; with the content of the newest one, that one is answered",
  action: "data.write",
  params: draft,
  status: 200,
  response: DatasetVersion,
});

export const deleteDatasetDraft = defineEndpoint({
  id: "deleteDatasetDraft",
  method: "DELETE",
  path: `${path}/{id}`,
  tag,
  summary: "Give an upload up",
  action: "data.write",
  params: draft,
  status: 204,
  errors: ["failed_precondition"],
});
