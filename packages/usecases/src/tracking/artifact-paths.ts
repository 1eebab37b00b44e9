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

/** A full path from one within a run. @throws MlflowError for one that leads out, or is too long */
export function runArtifactPath(run: RunPlace, path: string): string {
  const plain = readArtifactPath(path);
  const full = plain === "" ? runArtifactRoot(run) : `${runArtifactRoot(run)}/${plain}`;
  if (Buffer.byteLength(full) > LONGEST_PATH) {
    throw invalidParameter(`Invalid path: it is longer than ${LONGEST_PATH} bytes`);
  }
  return full;
}

/**
 * The run and the path within it that an address of the artifact proxy means.
 *
 * @throws MlflowError for an address that is no run's
 */
export function splitArtifactPath(path: string): { runId: string; path: string } {
  const plain = readArtifactPath(path);
  const match = /^\d+\/([a-zA-Z0-9][\w-]*)\/artifacts(?:\/(.*))?$/.exec(plain);
  const [, runId, rest = ""] = match ?? [];
  if (runId === undefined) {
    throw invalidParameter(
      "Invalid path: artifacts lie at <experiment id>/<run id>/artifacts/<path>",
    );
  }
  return { runId, path: rest };
}

/** The folders that a path lies in, outermost first, up to a root that is left out. */
export function foldersOf(path: string, root: string): string[] {
  const parts = path.slice(root.length + 1).split("/");
  return parts.slice(1).map((_, index) => `${root}/${parts.slice(0, index + 1).join("/")}`);
}
