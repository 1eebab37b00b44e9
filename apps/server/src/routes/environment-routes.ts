import * as contract from "@tessera/contracts/environment";
import { getEnvironment } from "@tessera/usecases/environments/get-environment";
import { getEnvironmentLog } from "@tessera/usecases/environments/get-environment-log";
import { getRevision } from "@tessera/usecases/environments/get-revision";
import { listEnvironments } from "@tessera/usecases/environments/list-environments";
import { listRevisions } from "@tessera/usecases/environments/list-revisions";
import { putEnvironment } from "@tessera/usecases/environments/put-environment";
import { rebuildRevision } from "@tessera/usecases/environments/rebuild-revision";
import { route } from "../http/route.ts";

export const environmentRoutes = [
  route(contract.listEnvironments, (ctx, { params, query }) =>
    listEnvironments(ctx, { ...params, ...query }),
  ),
  route(contract.putEnvironment, (ctx, { params, body }) =>
    putEnvironment(ctx, { ...params, source: body.source }),
  ),
  route(contract.getEnvironment, (ctx, { params }) => getEnvironment(ctx, params)),
  route(contract.listEnvironmentRevisions, (ctx, { params, query }) =>
    listRevisions(ctx, { ...params, ...query }),
  ),
  route(contract.getEnvironmentRevision, (ctx, { params }) => getRevision(ctx, params)),
  route(contract.rebuildEnvironmentRevision, (ctx, { params }) => rebuildRevision(ctx, params)),
  route(contract.getEnvironmentLog, (ctx, { params, query }) =>
    getEnvironmentLog(ctx, { ...params, ...query }),
  ),
];
