import { getOverview } from "@tessera/contracts/overview";
import * as contract from "@tessera/contracts/run";
import { getOverview as readOverview } from "@tessera/usecases/projects/get-overview";
import { chartRuns } from "@tessera/usecases/runs/chart-runs";
import { deleteRun, getRun, restoreRun, updateRun } from "@tessera/usecases/runs/get-run";
import { createExperiment, listExperiments } from "@tessera/usecases/runs/list-experiments";
import { listRunKeys } from "@tessera/usecases/runs/list-run-keys";
import { listSystemSamples } from "@tessera/usecases/runs/list-system-samples";
import { searchRuns } from "@tessera/usecases/runs/search-runs";
import { createArtifactLink } from "@tessera/usecases/tracking/artifact-link";
import {
  pageRunArtifacts,
  openRunArtifact,
  putRunArtifact,
} from "@tessera/usecases/tracking/artifacts";
import { bodyStream } from "../http/body-stream.ts";
import { route } from "../http/route.ts";
import { sendArtifact } from "../http/send-artifact.ts";

export const runRoutes = [
  route(getOverview, (ctx, { params }) => readOverview(ctx, params)),
  route(contract.searchRuns, (ctx, { params, body }) =>
    searchRuns(ctx, { ...params, query: body }),
  ),
  route(contract.listRunKeys, (ctx, { params }) => listRunKeys(ctx, params)),
  route(contract.getRun, (ctx, { params }) => getRun(ctx, params)),
  route(contract.updateRun, (ctx, { params, body }) =>
    updateRun(ctx, { ...params, changes: body }),
  ),
  route(contract.deleteRun, (ctx, { params }) => deleteRun(ctx, params)),
  route(contract.restoreRun, (ctx, { params }) => restoreRun(ctx, params)),
  route(contract.chartRuns, (ctx, { params, body }) => chartRuns(ctx, { ...params, query: body })),
  route(contract.listExperiments, (ctx, { params, query }) =>
    listExperiments(ctx, { ...params, ...query }),
  ),
  route(contract.createExperiment, (ctx, { params, body }) =>
    createExperiment(ctx, { ...params, ...body }),
  ),
  route(contract.getSystemSamples, (ctx, { params }) => listSystemSamples(ctx, params)),
  route(contract.listArtifacts, async (ctx, { params, query }) => {
    const { project, id } = params;
    const page = await pageRunArtifacts(ctx, { project, runId: id, ...query });
    const within = (name: string) => (query.path === "" ? name : `${query.path}/${name}`);
    const items = page.items.map(({ name, ...entry }) => ({ path: within(name), ...entry }));
    return { ...page, items };
  }),
  route(contract.getArtifact, async (ctx, { params, query, request, reply }) => {
    const { project, id } = params;
    const artifact = await openRunArtifact(ctx, { project, runId: id, path: query.path });
    await sendArtifact(artifact, { request, reply });
  }),
  route(contract.putArtifact, (ctx, { params, query, request }) => {
    const { project, id } = params;
    const body = bodyStream(request);
    return putRunArtifact(ctx, { project, runId: id, path: query.path, body });
  }),
  route(contract.createArtifactLink, (ctx, { params, body, request }) =>
    createArtifactLink(ctx, { ...params, ...body, secret: request.server.contentSecret }),
  ),
];
