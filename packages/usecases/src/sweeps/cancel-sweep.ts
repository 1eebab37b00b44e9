import type { Sweep } from "@tessera/contracts/sweep";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { changeSweep, type SweepInput } from "./change-sweep.ts";
import { setSweepState } from "./set-sweep-state.ts";
import { openStates } from "./sweep-state.ts";
import { stopTrials } from "./stop-trials.ts";
import { readTrials } from "./trial-rows.ts";

/** Ends a sweep and every trial that waits or runs; one that is over stays as it is. */
export async function cancelSweep(ctx: Context, input: SweepInput): Promise<Sweep> {
  return changeSweep(ctx, input, {
    action: "sweep.cancel",
    change: async (client, sweep) => {
      if (!openStates.includes(sweep.state)) return false;
      const reason = `cancelled by ${actorName(ctx.actor)}`;
      const trials = await readTrials(client, sweep.id);
      await stopTrials(ctx, client, { sweepId: sweep.id, trials, reason });
      await setSweepState(ctx, client, { sweep, to: "cancelled", reason });
      return true;
    },
  });
}
