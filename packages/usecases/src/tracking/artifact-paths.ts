interface RunPlace {
  readonly id: string;
  readonly experimentNumber: number;
}

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
