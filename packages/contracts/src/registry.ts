import * as code from "./code.ts";
import type { Endpoint } from "./endpoint.ts";
import * as environment from "./environment.ts";
import * as event from "./event.ts";
import * as identity from "./identity.ts";
import * as job from "./job.ts";
import * as log from "./log.ts";
import * as meta from "./meta.ts";
import * as overview from "./overview.ts";
import * as project from "./project.ts";
import * as queue from "./queue.ts";
import * as run from "./run.ts";
import * as tier from "./tier.ts";

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === "object" && value !== null && "method" in value && "action" in value;
}

/** Every endpoint of the REST API. */
export const endpoints: readonly Endpoint[] = [
  meta,
  identity,
  project,
  overview,
  code,
  environment,
  job,
  log,
  queue,
  tier,
  run,
  event,
].flatMap((noun) => Object.values(noun).filter(isEndpoint));
