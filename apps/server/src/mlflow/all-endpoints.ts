import type { MlflowEndpoint } from "./endpoint.ts";
import { experimentEndpoints } from "./experiment-endpoints.ts";
import { loggedModelEndpoints } from "./logged-model-endpoints.ts";
import { registryEndpoints } from "./registry-endpoints.ts";
import { runEndpoints } from "./run-endpoints.ts";

/** Every endpoint of the protocol that is served. */
export const mlflowEndpoints: readonly MlflowEndpoint[] = [
  ...experimentEndpoints,
  ...runEndpoints,
  ...loggedModelEndpoints,
  ...registryEndpoints,
];
