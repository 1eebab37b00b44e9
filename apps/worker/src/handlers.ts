import { catalogue, type PlatformCatalogue } from "@tessera/queue/catalogue";
import type { Handlers } from "@tessera/queue/create-queue";
import { compactMetrics } from "@tessera/usecases/platform/compact-metrics";
import type { Context } from "@tessera/usecases/platform/platform";
import { stepSweep } from "@tessera/usecases/sweeps/step-sweep";
import { sweepRetention } from "@tessera/usecases/platform/sweep-retention";
import { cloneRepository } from "./code/clone-repository.ts";
import type { Dispatcher } from "./dispatcher.ts";
import { buildRevision } from "./environments/build-revision.ts";
import type { LaunchSite } from "./launch/launch-attempt.ts";
import type { AttemptKeeper } from "./watch/attempt-keeper.ts";

interface Parts {
  readonly ctx: Context;
  readonly dispatcher: Dispatcher;
  readonly keeper: AttemptKeeper;
  readonly site: LaunchSite;
}

/** What this worker does for each message of the queue. */
export function createHandlers({
  ctx,
  dispatcher,
  keeper,
  site,
}: Parts): Handlers<PlatformCatalogue> {
  const { hostEnv: env, environmentsRoot: root } = site;
  return {
    "workload.dispatch": () => dispatcher.pass(),
    "workload.stop": ({ payload }) => keeper.stopWorkload(payload.workloadId),
    "sweep.step": ({ payload }) => stepSweep(ctx, payload.sweepId),
    "environment.build": ({ payload: { revisionId }, signal, attempt }) => {
      const lastTry = attempt >= catalogue["environment.build"].attempts;
      return buildRevision(ctx, { revisionId, root, env, signal, lastTry });
    },
    "code.clone": ({ payload: { snapshotId }, signal, attempt }) => {
      const lastTry = attempt >= catalogue["code.clone"].attempts;
      return cloneRepository(ctx, { snapshotId, env, signal, lastTry });
    },
    "metrics.compact": () => compactMetrics(ctx),
    "retention.sweep": () => sweepRetention(ctx),
  };
}
