import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import {
  Digest,
  Id,
  LongPageQuery,
  pageOf,
  ProjectIdParams,
  ProjectParams,
  Slug,
  Timestamp,
} from "./fields.ts";

/** Where a snapshot's code came from, as git told it. */
export const GitState = z.strictObject({
  commit: z
    .string()
    .regex(/^[0-9a-f]{40,64}$/)
    .nullable(),
  branch: z.string().max(500).nullable(),
  remote: z.string().max(2000).nullable(),
  /** Whether files differed from the commit. */
  dirty: z.boolean(),
});
export type GitState = z.infer<typeof GitState>;

export const SnapshotState = z.enum(["cloning", "ready", "failed"]);
export type SnapshotState = z.infer<typeof SnapshotState>;

/** An immutable, content-addressed copy of a code folder. */
export const Snapshot = z.object({
  id: Id,
  /** SHA-256 of the canonical manifest; equal folders have equal digests. */
  digest: Digest.nullable(),
  state: SnapshotState,
  error: z.string().nullable(),
  source: z.enum(["upload", "git"]),
  git: GitState,
  /** Whether an uncommitted diff is kept with it. */
  hasDiff: z.boolean(),
  fileCount: z.number().int(),
  sizeBytes: z.number().int(),
  createdAt: Timestamp,
});
export type Snapshot = z.infer<typeof Snapshot>;

export const SnapshotFile = z.object({
  path: z.string(),
  sha256: Digest,
  sizeBytes: z.number().int(),
  executable: z.boolean(),
});
export type SnapshotFile = z.infer<typeof SnapshotFile>;

export const CloneSnapshot = z.strictObject({
  url: z
    .string()
    .max(2000)
    .regex(/^(https?|ssh|git|file):\/\/|^\w[\w.-]*@\w[\w.-]*:/, "must be a git URL"),
  commit: z
    .string()
    .min(1)
    .max(250)
    .regex(/^\w[\w./-]*$/, "must be a commit, branch or tag"),
});
export type CloneSnapshot = z.infer<typeof CloneSnapshot>;

/** JSON in the query of an upload, since its body is the archive itself. */
export const UploadSnapshotQuery = z.strictObject({
  commit: z
    .string()
    .regex(/^[0-9a-f]{40,64}$/)
    .optional(),
  branch: z.string().max(500).optional(),
  remote: z.string().max(2000).optional(),
  dirty: z.enum(["true", "false"]).optional(),
});
export type UploadSnapshotQuery = z.infer<typeof UploadSnapshotQuery>;

export const FileDiff = z.object({
  path: z.string(),
  change: z.enum(["added", "removed", "changed"]),
  /** Unified diff; `null` for binary or very large files. */
  patch: z.string().nullable(),
});
export type FileDiff = z.infer<typeof FileDiff>;

const path = "/api/v1/projects/{project}/snapshots";
const tag = "Code";

/** Name of the archive's entry that holds the uncommitted diff; never part of the snapshot. */
export const DIFF_ENTRY = ".tessera-uncommitted.diff";

export const uploadSnapshot = defineEndpoint({
  id: "uploadSnapshot",
  method: "POST",
  path,
  tag,
  summary:
    "Upload a folder as a gzipped tar; an entry named .tessera-uncommitted.diff is kept as the diff",
  action: "code.write",
  params: ProjectParams,
  query: UploadSnapshotQuery,
  bodyWire: "stream",
  status: 201,
  response: Snapshot,
  errors: ["too_large", "unsupported_media_type", "disk_full"],
});

export const cloneSnapshot = defineEndpoint({
  id: "cloneSnapshot",
  method: "POST",
  path: `${path}/git`,
  tag,
  summary: "Clone a git URL at a commit; the snapshot is ready once the clone ends",
  action: "code.write",
  params: ProjectParams,
  body: CloneSnapshot,
  status: 202,
  response: Snapshot,
});

export const findSnapshot = defineEndpoint({
  id: "findSnapshot",
  method: "GET",
  path: `${path}/by-digest/{digest}`,
  tag,
  summary: "The newest snapshot with this content, so that it need not be uploaded again",
  action: "code.read",
  params: z.strictObject({ project: Slug, digest: Digest }),
  status: 200,
  response: Snapshot,
});

export const getSnapshot = defineEndpoint({
  id: "getSnapshot",
  method: "GET",
  path: `${path}/{id}`,
  tag,
  summary: "A snapshot",
  action: "code.read",
  params: ProjectIdParams,
  status: 200,
  response: Snapshot,
});

export const listSnapshotFiles = defineEndpoint({
  id: "listSnapshotFiles",
  method: "GET",
  path: `${path}/{id}/files`,
  tag,
  summary: "The files of a snapshot",
  action: "code.read",
  params: ProjectIdParams,
  query: LongPageQuery,
  status: 200,
  response: pageOf(SnapshotFile),
});

export const getSnapshotFile = defineEndpoint({
  id: "getSnapshotFile",
  method: "GET",
  path: `${path}/{id}/file`,
  tag,
  summary: "The text of one file",
  action: "code.read",
  params: ProjectIdParams,
  query: z.strictObject({ path: z.string().min(1).max(4096) }),
  status: 200,
  responseWire: "stream",
});

export const getSnapshotDiff = defineEndpoint({
  id: "getSnapshotDiff",
  method: "GET",
  path: `${path}/{id}/diff`,
  tag,
  summary: "The uncommitted diff that was recorded with a snapshot",
  action: "code.read",
  params: ProjectIdParams,
  status: 200,
  responseWire: "stream",
});

export const compareSnapshots = defineEndpoint({
  id: "compareSnapshots",
  method: "GET",
  path: `${path}/{id}/compare/{other}`,
  tag,
  summary: "What changed from one snapshot to another, file by file",
  action: "code.read",
  params: z.strictObject({ project: Slug, id: Id, other: Id }),
  status: 200,
  response: z.object({ items: z.array(FileDiff) }),
});
