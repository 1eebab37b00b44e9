import { z } from "zod";
import { Digest } from "./fields.ts";

/** One file of a code folder. */
export const ManifestFile = z.strictObject({
  /** Relative, with forward slashes, without empty, `.` or `..` parts. */
  path: z
    .string()
    .min(1)
    .max(4096)
    .refine(isPlainPath, "must be a relative path without empty, . or .. parts"),
  sha256: Digest,
  sizeBytes: z.number().int().min(0),
  executable: z.boolean(),
});
export type ManifestFile = z.infer<typeof ManifestFile>;

/** The list of a code folder's files; its SHA-256 names the folder's content. */
export const Manifest = z.strictObject({ version: z.literal(1), files: z.array(ManifestFile) });
export type Manifest = z.infer<typeof Manifest>;

/** Whether a path stays below the folder that it is relative to, on every system. */
export function isPlainPath(path: string): boolean {
  if (path.includes("\\") || path.includes("\0")) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/**
 * The one text of a manifest: files by path in code unit order, keys in the order of the schema,
 * no white space. Equal folders give equal texts.
 */
export function manifestText(files: readonly ManifestFile[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const plain = sorted.map(({ path, sha256, sizeBytes, executable }) => ({
    path,
    sha256,
    sizeBytes,
    executable,
  }));
  return JSON.stringify({ version: 1, files: plain });
}
