import { omitUnset } from "../json-rules.ts";

export interface ArtifactRecord {
  readonly path: string;
  readonly isFolder: boolean;
  /** Of a file. */
  readonly sizeBytes?: number;
}

export interface FileInfoJson {
  readonly path: string;
  readonly is_dir: boolean;
  readonly file_size?: number;
}

/** A file or folder of a listing. */
export function presentFileInfo(artifact: ArtifactRecord): FileInfoJson {
  const file_size = artifact.isFolder ? undefined : artifact.sizeBytes;
  return omitUnset({ path: artifact.path, is_dir: artifact.isFolder, file_size });
}

/** A listing: of artifacts/list with the run's root, of the proxy without one. */
export function presentArtifactList(
  artifacts: readonly ArtifactRecord[],
  rootUri?: string,
): { readonly root_uri?: string; readonly files?: readonly FileInfoJson[] } {
  return omitUnset({ root_uri: rootUri, files: artifacts.map(presentFileInfo) });
}
