import { MlflowError, alreadyExists, invalidParameter, notFound } from "./errors.ts";
import { pythonRepr } from "./python-literal.ts";

// What the protocol says about records, as opposed to the form of a request.

/** No such run. */
export function runNotFound(id: string): MlflowError {
  return notFound(`Run with id=${id} not found`);
}

/** No such experiment. */
export function experimentNotFound(id: string): MlflowError {
  return notFound(`No Experiment with id=${id} exists`);
}

/** No experiment of that name: what the client's set_experiment waits for to create it. */
export function experimentNameNotFound(name: string): MlflowError {
  return notFound(`Could not find experiment with name '${name}'`);
}

/** The name of a new or renamed experiment is taken, perhaps by a deleted one. */
export function experimentNameTaken(name: string): MlflowError {
  return alreadyExists(`Experiment(name=${name}) already exists.`);
}

/** A run that must be active is deleted, or the other way round. */
export function runNotInState(id: string, wanted: "active" | "deleted"): MlflowError {
  const current = wanted === "active" ? "deleted" : "active";
  return invalidParameter(
    `The run ${id} must be in the '${wanted}' state. Current state is ${current}.`,
  );
}

/** An experiment that must be active is deleted, or the other way round. */
export function experimentNotInState(id: string, wanted: "active" | "deleted"): MlflowError {
  const current = wanted === "active" ? "deleted" : "active";
  return invalidParameter(
    `The experiment ${id} must be in the '${wanted}' state. Current state is ${current}.`,
  );
}

/** Two names for one new run. */
export function runNamesDiffer(name: string, tag: string): MlflowError {
  return invalidParameter(
    "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values " +
      `(run_name='${name}', mlflow.runName='${tag}').`,
  );
}

export interface ChangedParam {
  readonly key: string;
  readonly oldValue: string;
  readonly newValue: string;
}

/** Params that were logged before with another value. */
export function paramsChanged(runId: string, changes: readonly ChangedParam[]): MlflowError {
  const shown = changes.map(
    ({ key, oldValue, newValue }) =>
      `{'key': ${pythonRepr(key)}, 'old_value': ${pythonRepr(oldValue)}, ` +
      `'new_value': ${pythonRepr(newValue)}}`,
  );
  return invalidParameter(
    "Changing param values is not allowed. Params were already " +
      `logged='[${shown.join(", ")}]' for run ID='${runId}'.`,
  );
}

/** No such tag on the run. */
export function runTagNotFound(runId: string, key: string): MlflowError {
  return notFound(`No tag with name: ${key} in run with id ${runId}`);
}

/** No such tag on the experiment. */
export function experimentTagNotFound(experimentId: string, key: string): MlflowError {
  return notFound(`No tag with name: ${key} in experiment with id ${experimentId}`);
}

/** No such logged model. */
export function loggedModelNotFound(id: string): MlflowError {
  return notFound(`Logged model with ID '${id.slice(0, 200)}' not found.`);
}

/** No such tag on the logged model. */
export function loggedModelTagNotFound(id: string, key: string): MlflowError {
  return notFound(`No tag with key ${pythonRepr(key)} found for model with ID ${pythonRepr(id)}.`);
}

/** No such registered model. */
export function modelNotFound(name: string): MlflowError {
  return notFound(`Registered Model with name=${name} not found`);
}

/** The name of a new or renamed registered model is taken; clients then add a version to it. */
export function modelNameTaken(name: string): MlflowError {
  return alreadyExists(`Registered Model (name=${name}) already exists.`);
}

/** No such version of a registered model. */
export function versionNotFound(name: string, version: number): MlflowError {
  return notFound(`Model Version (name=${name}, version=${version}) not found`);
}

/** No such alias; not RESOURCE_DOES_NOT_EXIST, as clients expect. */
export function aliasNotFound(alias: string): MlflowError {
  return invalidParameter(`Registered model alias ${alias} not found.`);
}

/** A source that no version can be made of. */
export function badVersionSource(source: string, why: string): MlflowError {
  return invalidParameter(`Invalid model version source: '${source.slice(0, 500)}'. ${why}`);
}

/** The address is none of the protocol's; the client falls back on this name. */
export function endpointNotFound(path: string): MlflowError {
  return new MlflowError("ENDPOINT_NOT_FOUND", `There is no endpoint ${path}.`);
}
