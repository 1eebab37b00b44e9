import type { PlatformCatalogue } from "@tessera/queue/catalogue";
import type { Handlers } from "@tessera/queue/create-queue";
import type { Context } from "@tessera/usecases/platform/platform";
import type { Dispatcher } from "./dispatcher.ts";
import type { LaunchSite } from "./launch/launch-attempt.ts";
import type { AttemptKeeper } from "./watch/attempt-keeper.ts";

interface Parts {
  readonly ctx: Context;
  readonly dispatcher: Dispatcher;
  readonly keeper: AttemptKeeper;
  readonly site: LaunchSite;
}

/** What this worker does for each message of the queue. */
export function createHandlers({ dispatcher, keeper }: Parts): Handlers<PlatformCatalogue> {
  return {
    "workload.dispatch": () => dispatcher.pass(),
    "workload.stop": ({ payload }) => keeper.stopWorkload(payload.workloadId),
  };
}
