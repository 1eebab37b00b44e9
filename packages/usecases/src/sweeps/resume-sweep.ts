import { PlatformError } from "@tessera/contracts/errors";
import type { Sweep } from "@tessera/contracts/sweep";
import type { Context } from "../platform/platform.ts";
import { changeSweep, type SweepInput } from "./change-sweep.ts";
import { setSweepState } from "./set-sweep-state.ts";

/** Goes on with a paused sweep. */
export async function resumeSweep(ctx: Context, input: SweepInput): Promise<Sweep> {
  return changeSweep(ctx, input, {
    action: "sweep.resume",
    change: async (client, sweep) => {
      if (sweep.state === "running") return false;
      if (sweep.state === "finished") {
        throw new PlatformError("failed_precondition", "The sweep is finished; extend it instead");
      }
      await setSweepState(ctx, client, { sweep, to: "running" });
      return true;
    },
  });
}
