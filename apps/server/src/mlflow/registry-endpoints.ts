import {
  type ModelVersionRecord,
  presentModelsPage,
  presentModelVersion,
  presentRegisteredModel,
  presentVersionsPage,
  type RegisteredModelRecord,
} from "@tessera/mlflow/wire/present-registry";
import * as read from "@tessera/mlflow/wire/registry-requests";
import {
  deleteModel,
  deleteModelTag,
  renameModel,
  setModelTag,
  updateModel,
} from "@tessera/usecases/models/change-model";
import {
  deleteVersion,
  deleteVersionTag,
  setVersionTag,
  transitionVersion,
  updateVersion,
} from "@tessera/usecases/models/change-version";
import { createModel } from "@tessera/usecases/models/create-model";
import { createVersion } from "@tessera/usecases/models/create-version";
import {
  getDownloadUri,
  getLatestVersions,
  getRegisteredModel,
  getVersion,
  getVersionByAlias,
} from "@tessera/usecases/models/get-version";
import { searchModels, searchVersions } from "@tessera/usecases/models/search-registry";
import { removeAlias, setAlias } from "@tessera/usecases/models/set-alias";
import { get, type MlflowCall, type MlflowEndpoint, patch, post, remove } from "./endpoint.ts";

const model = (record: RegisteredModelRecord): object => ({
  registered_model: presentRegisteredModel(record),
});
const version = (record: ModelVersionRecord): object => ({
  model_version: presentModelVersion(record),
});

async function latest({ ctx, project, fields }: MlflowCall): Promise<object> {
  const request = read.readLatestVersions(fields);
  return presentVersionsPage(await getLatestVersions(ctx, { project, ...request }));
}

const models: readonly MlflowEndpoint[] = [
  post("mlflow/registered-models/create", async ({ ctx, project, fields }) =>
    model(await createModel(ctx, { project, ...read.readCreateModel(fields) })),
  ),
  get("mlflow/registered-models/get", async ({ ctx, project, fields }) =>
    model(await getRegisteredModel(ctx, { project, name: read.readModelName(fields) })),
  ),
  get(
    "mlflow/registered-models/search",
    async ({ ctx, project, fields }) => {
      const request = read.readSearchModels(fields);
      const page = await searchModels(ctx, { project, request });
      return presentModelsPage(page.models, page.nextPageToken);
    },
    read.REGISTRY_SEARCH_LISTS,
  ),
  patch("mlflow/registered-models/update", async ({ ctx, project, fields }) =>
    model(await updateModel(ctx, { project, ...read.readUpdateModel(fields) })),
  ),
  post("mlflow/registered-models/rename", async ({ ctx, project, fields }) =>
    model(await renameModel(ctx, { project, ...read.readRenameModel(fields) })),
  ),
  remove("mlflow/registered-models/delete", async ({ ctx, project, fields }) => {
    await deleteModel(ctx, { project, name: read.readModelName(fields) });
    return {};
  }),
  post("mlflow/registered-models/get-latest-versions", latest),
  get("mlflow/registered-models/get-latest-versions", latest, read.LATEST_VERSIONS_LISTS),
  post("mlflow/registered-models/set-tag", async ({ ctx, project, fields }) => {
    const name = read.readModelName(fields);
    await setModelTag(ctx, { project, name, tag: read.readRegistryTag(fields) });
    return {};
  }),
  remove("mlflow/registered-models/delete-tag", async ({ ctx, project, fields }) => {
    const name = read.readModelName(fields);
    await deleteModelTag(ctx, { project, name, key: read.readRegistryTagKey(fields) });
    return {};
  }),
  post("mlflow/registered-models/alias", async ({ ctx, project, fields }) => {
    await setAlias(ctx, { project, ...read.readSetAlias(fields) });
    return {};
  }),
  get("mlflow/registered-models/alias", async ({ ctx, project, fields }) =>
    version(await getVersionByAlias(ctx, { project, ...read.readAlias(fields) })),
  ),
  remove("mlflow/registered-models/alias", async ({ ctx, project, fields }) => {
    await removeAlias(ctx, { project, ...read.readAlias(fields) });
    return {};
  }),
];

const versions: readonly MlflowEndpoint[] = [
  post("mlflow/model-versions/create", async ({ ctx, project, fields }) =>
    version(await createVersion(ctx, { project, ...read.readCreateVersion(fields) })),
  ),
  get("mlflow/model-versions/get", async ({ ctx, project, fields }) =>
    version(await getVersion(ctx, { project, ...read.readVersionAddress(fields) })),
  ),
  get("mlflow/model-versions/get-download-uri", async ({ ctx, project, fields }) => ({
    artifact_uri: await getDownloadUri(ctx, { project, ...read.readVersionAddress(fields) }),
  })),
  get(
    "mlflow/model-versions/search",
    async ({ ctx, project, fields }) => {
      const request = read.readSearchVersions(fields);
      const page = await searchVersions(ctx, { project, request });
      return presentVersionsPage(page.versions, page.nextPageToken);
    },
    read.REGISTRY_SEARCH_LISTS,
  ),
  patch("mlflow/model-versions/update", async ({ ctx, project, fields }) =>
    version(await updateVersion(ctx, { project, ...read.readUpdateVersion(fields) })),
  ),
  post("mlflow/model-versions/transition-stage", async ({ ctx, project, fields }) =>
    version(await transitionVersion(ctx, { project, ...read.readTransition(fields) })),
  ),
  remove("mlflow/model-versions/delete", async ({ ctx, project, fields }) => {
    await deleteVersion(ctx, { project, ...read.readVersionAddress(fields) });
    return {};
  }),
  post("mlflow/model-versions/set-tag", async ({ ctx, project, fields }) => {
    const address = read.readVersionAddress(fields);
    await setVersionTag(ctx, { project, ...address, tag: read.readRegistryTag(fields) });
    return {};
  }),
  remove("mlflow/model-versions/delete-tag", async ({ ctx, project, fields }) => {
    const address = read.readVersionAddress(fields);
    await deleteVersionTag(ctx, { project, ...address, key: read.readRegistryTagKey(fields) });
    return {};
  }),
];

export const registryEndpoints: readonly MlflowEndpoint[] = [...models, ...versions];
