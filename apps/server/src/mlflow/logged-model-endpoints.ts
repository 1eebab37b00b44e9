import {
  readCreateLoggedModel,
  readFinalize,
  readGetLoggedModel,
  readModelFolder,
  readModelId,
  readModelParams,
  readModelTags,
  readSearchLoggedModels,
} from "@tessera/mlflow/wire/logged-model-requests";
import { presentArtifactList } from "@tessera/mlflow/wire/present-artifacts";
import {
  type LoggedModelRecord,
  presentLoggedModel,
  presentLoggedModelsPage,
} from "@tessera/mlflow/wire/present-registry";
import { listModelArtifacts } from "@tessera/usecases/tracking/artifacts";
import {
  deleteLoggedModel,
  deleteLoggedModelTag,
  finalizeLoggedModel,
  logModelParams,
  setLoggedModelTags,
} from "@tessera/usecases/tracking/change-logged-model";
import { createLoggedModel } from "@tessera/usecases/tracking/create-logged-model";
import { readableLoggedModel } from "@tessera/usecases/tracking/find-logged-model";
import { loadLoggedModel } from "@tessera/usecases/tracking/load-logged-models";
import { searchLoggedModels } from "@tessera/usecases/tracking/search-logged-models";
import { requiredString } from "@tessera/mlflow/wire/fields";
import { get, type MlflowEndpoint, patch, post, remove } from "./endpoint.ts";

const one = (model: LoggedModelRecord): object => ({ model: presentLoggedModel(model) });
const address = "mlflow/logged-models/:model_id";

export const loggedModelEndpoints: readonly MlflowEndpoint[] = [
  post("mlflow/logged-models", async ({ ctx, project, fields }) =>
    one(await createLoggedModel(ctx, { project, request: readCreateLoggedModel(fields) })),
  ),
  post("mlflow/logged-models/search", async ({ ctx, project, fields }) => {
    const request = readSearchLoggedModels(fields);
    const page = await searchLoggedModels(ctx, { project, request });
    return presentLoggedModelsPage(page.models, page.nextPageToken);
  }),
  get(address, async ({ ctx, project, fields }) => {
    const model = await readableLoggedModel(ctx, { project, ...readGetLoggedModel(fields) });
    return one(await loadLoggedModel(ctx, model));
  }),
  patch(address, async ({ ctx, project, fields }) =>
    one(await finalizeLoggedModel(ctx, { project, ...readFinalize(fields) })),
  ),
  remove(address, async ({ ctx, project, fields }) => {
    await deleteLoggedModel(ctx, { project, modelId: readModelId(fields) });
    return {};
  }),
  post(`${address}/params`, async ({ ctx, project, fields }) => {
    const modelId = readModelId(fields);
    await logModelParams(ctx, { project, modelId, params: readModelParams(fields) });
    return {};
  }),
  patch(`${address}/tags`, async ({ ctx, project, fields }) => {
    const modelId = readModelId(fields);
    return one(await setLoggedModelTags(ctx, { project, modelId, tags: readModelTags(fields) }));
  }),
  remove(`${address}/tags/:tag_key`, async ({ ctx, project, fields }) => {
    const modelId = readModelId(fields);
    const key = requiredString(fields, "tag_key");
    await deleteLoggedModelTag(ctx, { project, modelId, key });
    return {};
  }),
  get(`${address}/artifacts/directories`, async ({ ctx, project, fields }) => {
    const request = readModelFolder(fields);
    const { root, entries } = await listModelArtifacts(ctx, { project, ...request });
    const within = (name: string) => (request.path === "" ? name : `${request.path}/${name}`);
    return presentArtifactList(
      entries.map(({ name, directory, sizeBytes }) => ({
        path: within(name),
        isFolder: directory,
        ...(sizeBytes === null ? {} : { sizeBytes }),
      })),
      `mlflow-artifacts:/${root}`,
    );
  }),
];
