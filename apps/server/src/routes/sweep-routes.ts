import * as contract from "@tessera/contracts/sweep";
import { askTrial } from "@tessera/usecases/sweeps/ask-trial";
import { cancelSweep } from "@tessera/usecases/sweeps/cancel-sweep";
import { createSweep } from "@tessera/usecases/sweeps/create-sweep";
import { extendSweep } from "@tessera/usecases/sweeps/extend-sweep";
import { getSweep } from "@tessera/usecases/sweeps/get-sweep";
import { listSweeps } from "@tessera/usecases/sweeps/list-sweeps";
import { listTrials } from "@tessera/usecases/sweeps/list-trials";
import { pauseSweep } from "@tessera/usecases/sweeps/pause-sweep";
import { resumeSweep } from "@tessera/usecases/sweeps/resume-sweep";
import { tellTrial } from "@tessera/usecases/sweeps/tell-trial";
import { route } from "../http/route.ts";

export const sweepRoutes = [
  route(contract.createSweep, (ctx, { params, body }) =>
    createSweep(ctx, { ...params, sweep: body }),
  ),
  route(contract.listSweeps, (ctx, { params, query }) => listSweeps(ctx, { ...params, ...query })),
  route(contract.getSweep, (ctx, { params }) => getSweep(ctx, params)),
  route(contract.listTrials, (ctx, { params, query }) => listTrials(ctx, { ...params, ...query })),
  route(contract.pauseSweep, (ctx, { params }) => pauseSweep(ctx, params)),
  route(contract.resumeSweep, (ctx, { params }) => resumeSweep(ctx, params)),
  route(contract.extendSweep, (ctx, { params, body }) =>
    extendSweep(ctx, { ...params, extension: body }),
  ),
  route(contract.cancelSweep, (ctx, { params }) => cancelSweep(ctx, params)),
  route(contract.askTrial, (ctx, { params }) => askTrial(ctx, params)),
  route(contract.tellTrial, (ctx, { params, body }) => tellTrial(ctx, { ...params, news: body })),
];
