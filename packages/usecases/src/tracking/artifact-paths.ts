import { invalidParameter } from "@tessera/mlflow/errors";
import { readArtifactPath } from "@tessera/mlflow/wire/artifact-requests";

interface RunPlace {
  readonly id: string;
  readonly experimentNumber: number;
}

/** Bytes of the longest path below a project's artifact root; an index holds no more. */
const LONGEST_PATH = 2000;

/** Where a run's artifacts lie below its project's artifact root. */
export function runArtifactRoot(run: RunPlace): string {
  return `${run.experimentNumber}/${run.id}/artifacts`;
}

/** The address that clients get for a run's artifacts: they reach it through our proxy. */
export function runArtifactUri(run: RunPlace): string {
  return `mlflow-artifacts:/${runArtifactRoot(run)}`;
}

/** The address of an experiment's artifacts. */
export function experimentArtifactUri(number: number): string {
  return `mlflow-artifacts:/${number}`;
}

/** Where a logged model's files lie below its project's artifact root. */
export function modelArtifactRoot(model: RunPlace): string {
  return `${model.experimentNumber}/models/${model.id}/artifacts`;
}

/** The address that clients get for a logged model's files. */
export function modelArtifactUri(model: RunPlace): string {
  return `mlflow-artifacts:/${modelArtifactRoot(model)}`;
}

/** A full path from one below a root. @throws MlflowError for one that leads out, or is too long */
export function pathBelow(root: string, path: string): string {
  const plain = readArtifactPath(path);
  const full = plain === "" ? root : `${root}/${plain}`;
  if (Buffer.byteLength(full) > LONGEST_PATH) {
    throw invalidParameter(`Invalid path: it is longer than ${LONGEST_PATH} bytes`);
  }
  return full;
}

/** Whose files an address of the artifact proxy means, and which of them. */
export type ArtifactAddress = (
  | { readonly kind: "run"; readonly runId: string }
  | { readonly kind: "model"; readonly modelId: string }
) & {
  /** Below the run's or the model's artifacts. */
  readonly path: string;
};

/**
 * What an address of the artifact proxy means.
 *
 * @throws MlflowError for an address that is no run's and no logged model's
 */
export function splitArtifactPath(path: string): ArtifactAddress {
  const plain = readArtifactPath(path);
  const match = /^\d+\/(models\/)?([a-zA-Z0-9][\w-]*)\/artifacts(?:\/(.*))?$/.exec(plain);
  const [, models, id, rest = ""] = match ?? [];
  if (id === undefined) {
    throw invalidParameter(
      "Invalid path: artifacts lie at <experiment id>/<run id>/artifacts/<path> or " +
        "<experiment id>/models/<model id>/artifacts/<path>",
    );
  }
  return models === undefined
    ? { kind: "run", runId: id, path: rest }
    : { kind: "model", modelId: id, path: rest };
}

/** The folders that a path lies in, outermost first, up to a root that is left out. */
export function foldersOf(path: string, root: string): string[] {
  const parts = path.slice(root.length + 1).split("/");
  return parts.slice(1).map((_, index) => `${root}/${parts.slice(0, index + 1).join("/")}`);
}
