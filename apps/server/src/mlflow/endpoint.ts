import type { Fields } from "@tessera/mlflow/json-rules";
import type { Context } from "@tessera/usecases/platform/platform";

/** What a handler gets: who calls, in which project, with what. */
export interface MlflowCall {
  readonly ctx: Context;
  /** Slug of the project whose address was called. */
  readonly project: string;
  readonly fields: Fields;
}

/** One endpoint of the MLflow protocol; paths are relative to `/api/2.0` and `/ajax-api/2.0`.
 * A `:name` in a path is a field of the request. */
export interface MlflowEndpoint {
  readonly methods: readonly ("GET" | "POST" | "PATCH" | "DELETE")[];
  readonly path: string;
  /** Fields that a query repeats to give a list. */
  readonly lists?: readonly string[];
  readonly handle: (call: MlflowCall) => Promise<object>;
}

export function post(path: string, handle: MlflowEndpoint["handle"]): MlflowEndpoint {
  return { methods: ["POST"], path, handle };
}

export function get(
  path: string,
  handle: MlflowEndpoint["handle"],
  lists: readonly string[] = [],
): MlflowEndpoint {
  return { methods: ["GET"], path, handle, lists };
}

export function patch(path: string, handle: MlflowEndpoint["handle"]): MlflowEndpoint {
  return { methods: ["PATCH"], path, handle };
}

export function remove(path: string, handle: MlflowEndpoint["handle"]): MlflowEndpoint {
  return { methods: ["DELETE"], path, handle };
}
