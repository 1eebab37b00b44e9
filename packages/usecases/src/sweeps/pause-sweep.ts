import type { Sweep } from "@tessera/contracts/sweep";
import type { Context } from "../platform/platform.ts";
import { changeSweep, type SweepInput } from "./change-sweep.ts";
import { setSweepState } from "./set-sweep-state.ts";

/** Starts no more trials; those that run go on. */
export async function pauseSweep(ctx: Context, input: SweepInput): Promise<Sweep> {
  return changeSweep(ctx, input, {
    action: "sweep.pause",
    change: async (client, sweep) => {
      if (sweep.state === "paused") return false;
      await setSweepState(ctx, client, { sweep, to: "paused" });
      return true;
    },
  });
}
