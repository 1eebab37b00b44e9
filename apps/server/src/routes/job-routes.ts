import * as contract from "@tessera/contracts/job";
import { getQueue } from "@tessera/contracts/queue";
import * as tier from "@tessera/contracts/tier";
import { cancelJob } from "@tessera/usecases/jobs/cancel-job";
import { getJob } from "@tessera/usecases/jobs/get-job";
import { getQueue as readQueue } from "@tessera/usecases/jobs/get-queue";
import { listAllJobs, listJobs } from "@tessera/usecases/jobs/list-jobs";
import { rerunJob } from "@tessera/usecases/jobs/rerun-job";
import { submitJob } from "@tessera/usecases/jobs/submit-job";
import { deleteTier } from "@tessera/usecases/tiers/delete-tier";
import { listTiers } from "@tessera/usecases/tiers/list-tiers";
import { putTier } from "@tessera/usecases/tiers/put-tier";
import { route } from "../http/route.ts";

export const jobRoutes = [
  route(contract.submitJob, (ctx, { params, body }) => submitJob(ctx, { ...params, job: body })),
  route(contract.listJobs, (ctx, { params, query }) => listJobs(ctx, { ...params, ...query })),
  route(contract.getJob, (ctx, { params }) => getJob(ctx, params)),
  route(contract.cancelJob, (ctx, { params }) => cancelJob(ctx, params)),
  route(contract.rerunJob, (ctx, { params, body }) => rerunJob(ctx, { ...params, changes: body })),
  route(contract.listAllJobs, (ctx, { query }) => listAllJobs(ctx, query)),
  route(getQueue, (ctx) => readQueue(ctx)),
  route(tier.listTiers, (ctx, { query }) => listTiers(ctx, query)),
  route(tier.putTier, (ctx, { params, body }) => putTier(ctx, { ...params, tier: body })),
  route(tier.deleteTier, (ctx, { params }) => deleteTier(ctx, params)),
];
