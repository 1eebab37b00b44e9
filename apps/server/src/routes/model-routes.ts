import * as contract from "@tessera/contracts/model";
import { deleteModel, updateModel } from "@tessera/usecases/models/change-model";
import { deleteVersion, transitionVersion } from "@tessera/usecases/models/change-version";
import { listModels, listVersions } from "@tessera/usecases/models/list-models";
import { listPromotions } from "@tessera/usecases/models/list-promotions";
import { listRunModels } from "@tessera/usecases/models/list-run-models";
import { getManifest } from "@tessera/usecases/models/read-manifest";
import { registerVersion } from "@tessera/usecases/models/register-version";
import { removeAlias, setAlias } from "@tessera/usecases/models/set-alias";
import { showModel, showVersion } from "@tessera/usecases/models/show-model";
import { listVersionFiles, openVersionFile } from "@tessera/usecases/models/version-files";
import { route } from "../http/route.ts";
import { sendArtifact } from "../http/send-artifact.ts";

export const modelRoutes = [
  route(contract.listModels, (ctx, { params, query }) => listModels(ctx, { ...params, ...query })),
  route(contract.getModel, (ctx, { params }) => showModel(ctx, params)),
  route(contract.updateModel, async (ctx, { params, body }) => {
    await updateModel(ctx, { ...params, ...body });
    return showModel(ctx, params);
  }),
  route(contract.deleteModel, (ctx, { params }) => deleteModel(ctx, params)),
  route(contract.listModelVersions, (ctx, { params, query }) =>
    listVersions(ctx, { ...params, ...query }),
  ),
  route(contract.registerModelVersion, (ctx, { params, body }) =>
    registerVersion(ctx, { ...params, version: body }),
  ),
  route(contract.getModelVersion, (ctx, { params }) => showVersion(ctx, params)),
  route(contract.getModelManifest, (ctx, { params }) => getManifest(ctx, params)),
  route(contract.listModelFiles, (ctx, { params, query }) =>
    listVersionFiles(ctx, { ...params, ...query }),
  ),
  route(contract.getModelFile, async (ctx, { params, query, request, reply }) => {
    await sendArtifact(await openVersionFile(ctx, { ...params, ...query }), { request, reply });
  }),
  route(contract.deleteModelVersion, (ctx, { params }) => deleteVersion(ctx, params)),
  route(contract.setModelStage, async (ctx, { params, body }) => {
    await transitionVersion(ctx, { ...params, ...body });
    return showVersion(ctx, params);
  }),
  route(contract.setModelAlias, async (ctx, { params, body }) => {
    await setAlias(ctx, { ...params, ...body });
    return showModel(ctx, params);
  }),
  route(contract.removeModelAlias, (ctx, { params, query }) =>
    removeAlias(ctx, { ...params, ...query }),
  ),
  route(contract.listModelPromotions, (ctx, { params, query }) =>
    listPromotions(ctx, { ...params, ...query }),
  ),
  route(contract.listRunModels, (ctx, { params, query }) =>
    listRunModels(ctx, { ...params, ...query }),
  ),
];
