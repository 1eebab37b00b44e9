import { PlatformError } from "@tessera/contracts/errors";
import type { ExtendSweep, Sweep } from "@tessera/contracts/sweep";
import type { Context } from "../platform/platform.ts";
import { changeSweep, type SweepInput } from "./change-sweep.ts";
import { setSweepState } from "./set-sweep-state.ts";
import { openStates } from "./sweep-state.ts";

const MOST_TRIALS = 100_000;

/** Allows more trials; a finished sweep runs again, and knows what it has learnt. */
export async function extendSweep(
  ctx: Context,
  { extension, ...input }: SweepInput & { readonly extension: ExtendSweep },
): Promise<Sweep> {
  return changeSweep(ctx, input, {
    action: "sweep.extend",
    details: extension,
    change: async (client, sweep) => {
      const maxTrials = sweep.maxTrials + extension.trials;
      if (maxTrials > MOST_TRIALS) {
        const words = `A sweep has ${MOST_TRIALS} trials at most; this one has ${sweep.maxTrials}`;
        throw new PlatformError("invalid_argument", words, {
          issues: [{ path: "trials", message: `must be ${MOST_TRIALS - sweep.maxTrials} at most` }],
        });
      }
      if (!openStates.includes(sweep.state))
        await setSweepState(ctx, client, { sweep, to: "running" });
      const parallelism = extension.parallelism ?? sweep.parallelism;
      await client.query("UPDATE sweep SET max_trials = $2, parallelism = $3 WHERE id = $1", [
        sweep.id,
        maxTrials,
        parallelism,
      ]);
      return true;
    },
  });
}
