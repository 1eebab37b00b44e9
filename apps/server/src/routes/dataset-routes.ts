import * as contract from "@tessera/contracts/dataset";
import * as draft from "@tessera/contracts/dataset-draft";
import { addKnownFiles } from "@tessera/usecases/datasets/add-known-files";
import { commitDatasetDraft } from "@tessera/usecases/datasets/commit-dataset-draft";
import { compareDatasetVersions } from "@tessera/usecases/datasets/compare-dataset-versions";
import { createDatasetDraft } from "@tessera/usecases/datasets/create-dataset-draft";
import { deleteDatasetDraft } from "@tessera/usecases/datasets/delete-dataset-draft";
import { deleteDatasetTag } from "@tessera/usecases/datasets/delete-dataset-tag";
import { deleteDraftFile } from "@tessera/usecases/datasets/delete-draft-file";
import { getDataset } from "@tessera/usecases/datasets/get-dataset";
import { getDatasetDraft } from "@tessera/usecases/datasets/get-dataset-draft";
import { getDatasetVersion } from "@tessera/usecases/datasets/get-dataset-version";
import { listDatasetFiles } from "@tessera/usecases/datasets/list-dataset-files";
import { listDatasetVersions } from "@tessera/usecases/datasets/list-dataset-versions";
import { listDatasets } from "@tessera/usecases/datasets/list-datasets";
import { listDraftFiles } from "@tessera/usecases/datasets/list-draft-files";
import { openDatasetFile } from "@tessera/usecases/datasets/open-dataset-file";
import { putDatasetTag } from "@tessera/usecases/datasets/put-dataset-tag";
import { putDraftFile } from "@tessera/usecases/datasets/put-draft-file";
import { bodyStream } from "../http/body-stream.ts";
import { route } from "../http/route.ts";
import { sendArtifact } from "../http/send-artifact.ts";

export const datasetRoutes = [
  route(contract.listDatasets, (ctx, { params, query }) =>
    listDatasets(ctx, { ...params, ...query }),
  ),
  route(contract.getDataset, (ctx, { params }) => getDataset(ctx, params)),
  route(contract.listDatasetVersions, (ctx, { params, query }) =>
    listDatasetVersions(ctx, { ...params, ...query }),
  ),
  route(contract.getDatasetVersion, (ctx, { params }) => getDatasetVersion(ctx, params)),
  route(contract.listDatasetFiles, (ctx, { params, query }) =>
    listDatasetFiles(ctx, { ...params, ...query }),
  ),
  route(contract.getDatasetFile, async (ctx, { params, query, request, reply }) => {
    const file = await openDatasetFile(ctx, { ...params, ...query });
    await sendArtifact(file, { request, reply });
  }),
  route(contract.compareDatasetVersions, (ctx, { params, query }) =>
    compareDatasetVersions(ctx, { ...params, ...query }),
  ),
  route(contract.putDatasetTag, (ctx, { params, body }) =>
    putDatasetTag(ctx, { ...params, ...body }),
  ),
  route(contract.deleteDatasetTag, (ctx, { params }) => deleteDatasetTag(ctx, params)),
  route(draft.createDatasetDraft, (ctx, { params, body }) =>
    createDatasetDraft(ctx, { ...params, ...body }),
  ),
  route(draft.getDatasetDraft, (ctx, { params }) => getDatasetDraft(ctx, params)),
  route(draft.listDraftFiles, (ctx, { params, query }) =>
    listDraftFiles(ctx, { ...params, ...query }),
  ),
  route(draft.addKnownFiles, (ctx, { params, body }) => addKnownFiles(ctx, { ...params, ...body })),
  route(draft.putDraftFile, (ctx, { params, query, request }) =>
    putDraftFile(ctx, { ...params, ...query, body: bodyStream(request) }),
  ),
  route(draft.deleteDraftFile, (ctx, { params, query }) =>
    deleteDraftFile(ctx, { ...params, ...query }),
  ),
  route(draft.commitDatasetDraft, (ctx, { params }) => commitDatasetDraft(ctx, params)),
  route(draft.deleteDatasetDraft, (ctx, { params }) => deleteDatasetDraft(ctx, params)),
];
