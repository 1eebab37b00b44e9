import { PlatformError } from "@tessera/contracts/errors";
import type { SweepState } from "@tessera/contracts/sweep";
import type { PoolClient } from "@tessera/db/transaction";
import type { Context } from "../platform/platform.ts";
import type { LockedSweep } from "./lock-sweep.ts";
import { mayBecome } from "./sweep-state.ts";

interface Change {
  readonly sweep: LockedSweep;
  readonly to: SweepState;
  readonly reason?: string;
}

/** Changes a locked sweep's state. @throws PlatformError (failed_precondition) where it may not */
export async function setSweepState(
  ctx: Context,
  client: PoolClient,
  { sweep, to, reason }: Change,
): Promise<void> {
  if (!mayBecome(sweep.state, to)) {
    throw new PlatformError("failed_precondition", `The sweep is ${sweep.state}`);
  }
  const ended = to === "running" || to === "paused" ? null : ctx.clock.now();
  await client.query({
    name: "set-sweep-state",
    text: "UPDATE sweep SET state = $2, reason = $3, finished_at = $4 WHERE id = $1",
    values: [sweep.id, to, reason ?? null, ended],
  });
}
