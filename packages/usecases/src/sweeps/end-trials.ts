import type { TrialState } from "@tessera/contracts/sweep";
import type { PoolClient } from "@tessera/db/transaction";
import type { Context } from "../platform/platform.ts";

export interface TrialEnd {
  readonly number: number;
  readonly state: Exclude<TrialState, "running">;
  readonly objective?: number;
  readonly reason: string | null;
}

/** Records how trials of a sweep ended; those that have ended already stay as they are. */
export async function endTrials(
  ctx: Context,
  client: PoolClient,
  { sweepId, ends }: { readonly sweepId: string; readonly ends: readonly TrialEnd[] },
): Promise<void> {
  if (ends.length === 0) return;
  await client.query({
    name: "end-trials",
    text: `UPDATE sweep_trial t
           SET state = e.state, objective = e.objective, reason = e.reason, finished_at = $6
           FROM unnest($2::int[], $3::text[], $4::float8[], $5::text[])
             AS e(number, state, objective, reason)
           WHERE t.sweep_id = $1 AND t.number = e.number AND t.state = 'running'`,
    values: [
      sweepId,
      ends.map(({ number }) => number),
      ends.map(({ state }) => state),
      ends.map(({ objective }) => objective ?? null),
      ends.map(({ reason }) => reason),
      ctx.clock.now(),
    ],
  });
}
