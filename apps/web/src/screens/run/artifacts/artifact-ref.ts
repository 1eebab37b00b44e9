import { getArtifact } from "@tessera/contracts/run";
import { client } from "../../../data/client.ts";

/** A file among a run's artifacts. */
export interface ArtifactRef {
  readonly project: string;
  readonly id: string;
  readonly path: string;
  /** Undefined while it is not known. */
  readonly sizeBytes: number | undefined;
}

/** The address of an artifact's bytes. */
export function artifactUrl({ project, id }: Pick<ArtifactRef, "project" | "id">, path: string) {
  return client.urlOf(getArtifact, { params: { project, id }, query: { path } });
}
