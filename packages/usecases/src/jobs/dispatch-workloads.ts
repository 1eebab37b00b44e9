import { type PoolClient, withTransaction } from "@tessera/db/transaction";
import { newId } from "@tessera/kit/ids";
import { Placer } from "@tessera/scheduling/placer";
import type { Placement } from "@tessera/scheduling/world";
import { EVENT_CHANNEL } from "../events/publish-event.ts";
import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { readPass } from "./read-pass.ts";
import { readWaiting, type WaitingRow } from "./read-waiting.ts";
import { settleUnready } from "./settle-unready.ts";
import { writeReasons } from "./write-reasons.ts";
import { statesBefore } from "./workload-state.ts";

/** The first so many of the queue learn why they wait; the others wait for their turn. */
const EXPLAINED = 200;
/** Of the others, as many are looked at together. */
const PART = 1000;

/** Passes run one at a time, whichever worker does them. */
const DISPATCH_LOCK = 7_303_001;

export interface DispatchResult {
  /** How many were given a place. */
  readonly placed: number;
  /** Milliseconds until the next retry comes due, if one waits. */
  readonly nextInMs: number | null;
}

const placeSql = {
  name: "place-workloads",
  text: `
    WITH placement AS (
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
               AS each(attempt, workload, node, gpus)),
    placed AS (
      UPDATE workload w SET state = 'starting', reason = NULL, not_before = NULL
      FROM placement WHERE w.id = placement.workload AND w.state = ANY($5)
      RETURNING w.id, w.project_id),
    attempts AS (
      INSERT INTO attempt (id, workload_id, number, state, node_id, gpu_indexes)
      SELECT placement.attempt, placed.id,
             (SELECT coalesce(max(number), 0) + 1 FROM attempt WHERE workload_id = placed.id),
             'starting', placement.node, placement.gpus::int[]
      FROM placed JOIN placement ON placement.workload = placed.id),
    said AS (
      INSERT INTO event (project_id, type, subject, data)
      SELECT project_id, 'job.changed', id, '{"state": "starting"}' FROM placed)
    SELECT pg_notify('${EVENT_CHANNEL}', ''), (SELECT count(*)::int FROM placed) AS count`,
};

/** Workloads that were cancelled meanwhile are left alone. */
async function writePlacements(
  client: PoolClient,
  placements: readonly Placement[],
): Promise<number> {
  if (placements.length === 0) return 0;
  const { rows } = await client.query<{ count: number }>({
    ...placeSql,
    values: [
      placements.map(() => newId()),
      placements.map(({ id }) => id),
      placements.map(({ node }) => node),
      // An array of arrays of different lengths is none to PostgreSQL.
      placements.map(({ gpuIndexes }) => `{${gpuIndexes.join(",")}}`),
      statesBefore("starting"),
    ],
  });
  return rows[0]?.count ?? 0;
}

/** Serves those behind the first, as long as there is room that some of them could use. */
async function serveRest(
  client: PoolClient,
  placer: Placer,
  { now, first }: { readonly now: Date; readonly first: readonly WaitingRow[] },
): Promise<Placement[]> {
  const placements: Placement[] = [];
  let after = first.length < EXPLAINED ? undefined : first.at(-1);
  while (after !== undefined) {
    const part = await readWaiting(client, { now, limit: PART, after, room: placer.room });
    placements.push(...placer.serve(part).placements);
    after = part.length < PART ? undefined : part.at(-1);
  }
  return placements;
}

/**
 * One scheduling pass: gives waiting workloads their places, in order of priority and age, and
 * tells the others why they wait. A place is an attempt in "starting" on a node.
 */
export async function dispatchWorkloads(ctx: Context): Promise<DispatchResult> {
  authorizeAccount(ctx, "platform.administer");
  const now = ctx.clock.now();
  const result = await withTransaction(ctx.db.pool, async (client) => {
    await client.query("SELECT pg_advisory_xact_lock($1)", [DISPATCH_LOCK]);
    const facts = await readPass(client, { now, limit: EXPLAINED });
    const ended = await settleUnready(ctx, client, facts.unready);
    const { waiting: first, nextRetry } = facts;
    const placer = new Placer(facts.world);
    const plan = placer.serve(first);
    const rest = await serveRest(client, placer, { now, first });
    const placed = await writePlacements(client, [...plan.placements, ...rest]);
    await writeReasons(client, first, plan.reasons);
    return { placed, ended, nextRetry };
  });
  if (result.ended > 0) ctx.outboxWritten();
  const { placed, nextRetry } = result;
  return { placed, nextInMs: nextRetry === null ? null : nextRetry.getTime() - now.getTime() };
}
