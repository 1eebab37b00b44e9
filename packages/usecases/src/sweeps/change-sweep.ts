import type { Sweep } from "@tessera/contracts/sweep";
import { type PoolClient, withTransaction } from "@tessera/db/transaction";
import { publishEvent } from "../events/publish-event.ts";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { advanceSweep } from "./advance-sweep.ts";
import { readSweep } from "./get-sweep.ts";
import { lockSweepOf, type LockedSweep } from "./lock-sweep.ts";

export interface SweepInput {
  readonly project: string;
  readonly id: string;
}

interface Change {
  /** What the audit log calls it. */
  readonly action: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Answers whether it changed anything. */
  readonly change: (client: PoolClient, sweep: LockedSweep) => Promise<boolean>;
}

/** Changes a sweep, tells of it, and takes it the step that follows, in one transaction. */
export async function changeSweep(
  ctx: Context,
  input: SweepInput,
  { action, details = {}, change }: Change,
): Promise<Sweep> {
  const { project } = await authorize(ctx, "sweep.write", { project: input.project });
  const place = { projectId: project.id, id: input.id };
  const work = async (client: PoolClient): Promise<void> => {
    if (!(await change(client, await lockSweepOf(client, place)))) return;
    const { projectId, id: subject } = place;
    await recordAudit(ctx, client, { action, subject, projectId, details });
    await publishEvent(client, { type: "sweep.changed", projectId, subject });
    await advanceSweep(ctx, client, { sweep: await lockSweepOf(client, place) });
  };
  await withTransaction(ctx.db.pool, work, { retries: 3 });
  ctx.outboxWritten();
  return readSweep(ctx, project.id, input.id);
}
