import type { ModelVersion, RegisterVersion } from "@tessera/contracts/model";
import { validateModelName } from "@tessera/mlflow/validation";
import type { Context } from "../platform/platform.ts";
import { createVersion } from "./create-version.ts";
import type { ModelAddress } from "./find-model.ts";
import { showVersion } from "./show-model.ts";

/** Makes the next version of a model, and the model when there is none of that name: both or none. */
export async function registerVersion(
  ctx: Context,
  { project, name, version }: ModelAddress & { version: RegisterVersion },
): Promise<ModelVersion> {
  validateModelName(name);
  const made = await createVersion(ctx, {
    project,
    name,
    makeModel: true,
    source: version.source,
    runId: version.runId,
    modelId: undefined,
    runLink: "",
    description: version.description,
    tags: [],
  });
  return showVersion(ctx, { project, name, version: made.version });
}
