import { PlatformError } from "@tessera/contracts/errors";
import type { Trial } from "@tessera/contracts/sweep";
import { withTransaction } from "@tessera/db/transaction";
import { publishEvent } from "../events/publish-event.ts";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import type { SweepInput } from "./change-sweep.ts";
import { type LockedSweep, lockSweepOf } from "./lock-sweep.ts";
import { readTrial } from "./read-trial.ts";
import { startTrials } from "./start-trials.ts";
import { readTrials } from "./trial-rows.ts";

function refuse(words: string): never {
  throw new PlatformError("failed_precondition", words);
}

/** That a sweep may be asked for one more trial. @throws PlatformError (failed_precondition) */
function checkOpen(sweep: LockedSweep, asked: number): void {
  if (sweep.plan !== null) refuse("This sweep runs its trials itself; there is none to ask for");
  if (sweep.state !== "running") refuse(`The sweep is ${sweep.state}`);
  if (asked >= sweep.maxTrials) {
    refuse(`All ${sweep.maxTrials} trials have been asked for; extend the sweep to go on`);
  }
}

/** The next trial of a sweep without a command, for the caller to run and to tell of. */
export async function askTrial(ctx: Context, input: SweepInput): Promise<Trial> {
  const { project } = await authorize(ctx, "sweep.write", { project: input.project });
  const number = await withTransaction(ctx.db.pool, async (client) => {
    const sweep = await lockSweepOf(client, { projectId: project.id, id: input.id });
    const trials = await readTrials(client, sweep.id);
    checkOpen(sweep, trials.length);
    const [trial] = await startTrials(ctx, client, { sweep, trials, count: 1 });
    if (!trial) refuse("Every point of the space has been asked for");
    await publishEvent(client, {
      type: "sweep.changed",
      projectId: project.id,
      subject: sweep.id,
    });
    return trial.number;
  });
  return readTrial(ctx, { sweepId: input.id, number });
}
