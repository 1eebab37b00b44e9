import { z } from "zod";
import * as code from "./code.ts";
import * as dataset from "./dataset.ts";
import * as datasetDraft from "./dataset-draft.ts";
import type { Endpoint } from "./endpoint.ts";
import * as environment from "./environment.ts";
import * as errors from "./errors.ts";
import * as event from "./event.ts";
import * as fields from "./fields.ts";
import * as identity from "./identity.ts";
import * as job from "./job.ts";
import * as jobData from "./job-data.ts";
import * as log from "./log.ts";
import * as meta from "./meta.ts";
import * as model from "./model.ts";
import * as overview from "./overview.ts";
import * as project from "./project.ts";
import * as queue from "./queue.ts";
import * as run from "./run.ts";
import * as searchSpace from "./search-space.ts";
import * as sweep from "./sweep.ts";
import * as tier from "./tier.ts";

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === "object" && value !== null && "method" in value && "action" in value;
}

const nouns = [
  meta,
  identity,
  project,
  overview,
  code,
  dataset,
  datasetDraft,
  environment,
  job,
  sweep,
  jobData,
  log,
  queue,
  tier,
  run,
  model,
  event,
];

/** Every endpoint of the REST API. */
export const endpoints: readonly Endpoint[] = nouns.flatMap((noun) =>
  Object.values<unknown>(noun).filter(isEndpoint),
);

/** Every shape that has a name in the contracts, by that name. */
export const namedShapes: ReadonlyMap<string, z.ZodType> = new Map(
  [fields, errors, searchSpace, ...nouns].flatMap((noun) =>
    Object.entries<unknown>(noun).filter(
      (entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType,
    ),
  ),
);
