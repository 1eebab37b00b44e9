import type { Transaction } from "@tessera/db/client";
import type { PoolClient } from "@tessera/db/transaction";
import { enqueueMessage } from "../jobs/enqueue-message.ts";

/** Asks for a revision's build. Of any number of requests one is worked at a time. */
export function enqueueBuild(tx: Transaction | PoolClient, revisionId: string): Promise<void> {
  const message = { job: "environment.build", payload: { revisionId } };
  return enqueueMessage(tx, message, { dedupKey: revisionId });
}
