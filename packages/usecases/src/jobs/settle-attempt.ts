import type { EndCause, WorkloadState } from "@tessera/contracts/job";
import { type PoolClient, withTransaction } from "@tessera/db/transaction";
import { publishEvent } from "../events/publish-event.ts";
import { authorizeAccount } from "../identity/authorize.ts";
import { revokeRunTokens } from "../identity/run-token.ts";
import { appendSystemLine } from "../logs/append-system-line.ts";
import type { Context } from "../platform/platform.ts";
import { endWorkloads } from "./end-workloads.ts";
import { enqueueMessage } from "./enqueue-message.ts";
import { type LockedWorkload, lockWorkload } from "./lock-workload.ts";
import { type AttemptEnd, judgeAttempt, type Verdict } from "./retry-policy.ts";
import { liveStates, runStatusOf, statesBefore } from "./workload-state.ts";

interface SettleInput extends AttemptEnd {
  readonly attemptId: string;
  readonly workloadId: string;
  readonly endedAt: Date;
}

type Retry = Extract<Verdict, { kind: "retry" }>;

function attemptStateOf(end: AttemptEnd, cancelRequested: boolean): WorkloadState {
  if (end.cause === "exit" && end.exitCode === 0) return "finished";
  if (cancelRequested) return "cancelled";
  const lost: readonly EndCause[] = ["lost", "cancelled"];
  return lost.includes(end.cause) ? "lost" : "failed";
}

const endAttemptSql = {
  name: "end-attempt",
  text: `UPDATE attempt
         SET state = $2, finished_at = $3, exit_code = $4, signal = $5, cause = $6, reason = $7
         WHERE id = $1 AND state = ANY($8) RETURNING number`,
};

/** Answers the attempt's number; undefined when it had ended before. */
async function endAttempt(
  client: PoolClient,
  input: SettleInput,
  cancelRequested: boolean,
): Promise<number | undefined> {
  const { rows } = await client.query<{ number: number }>({
    ...endAttemptSql,
    values: [
      input.attemptId,
      attemptStateOf(input, cancelRequested),
      input.endedAt,
      input.exitCode,
      input.signal,
      input.cause,
      input.detail,
      [...liveStates],
    ],
  });
  return rows[0]?.number;
}

const requeueSql = {
  name: "requeue-workload",
  text: `WITH requeued AS (
           UPDATE workload SET state = 'queued', reason = $2, not_before = $3,
                  losses = losses + $4, failures = failures + $5
           WHERE id = $1 AND state = ANY($6) RETURNING id)
         UPDATE run SET status = $7 FROM requeued WHERE run.id = requeued.id`,
};

async function requeue(
  ctx: Context,
  client: PoolClient,
  { row: { id, projectId }, verdict }: { row: LockedWorkload; verdict: Retry },
): Promise<void> {
  const { delayMs, counts, reason } = verdict;
  const notBefore = new Date(ctx.clock.now().getTime() + delayMs);
  const values = [
    id,
    reason,
    notBefore,
    counts === "loss" ? 1 : 0,
    counts === "failure" ? 1 : 0,
    statesBefore("queued"),
    runStatusOf("queued"),
  ];
  await client.query({ ...requeueSql, values });
  await revokeRunTokens(client, id);
  await publishEvent(client, {
    type: "job.changed",
    projectId,
    subject: id,
    data: { state: "queued" },
  });
  await enqueueMessage(client, { job: "workload.dispatch", payload: {} }, { delayMs });
}

/**
 * Records how an attempt ended and what follows, also in the job's log: the workload's end, or
 * its return to the queue. Repeating it changes nothing.
 */
export async function settleAttempt(ctx: Context, input: SettleInput): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  const { workloadId } = input;
  await withTransaction(ctx.db.pool, async (client) => {
    const row = await lockWorkload(client, workloadId);
    if (!row) return;
    const attempt = await endAttempt(client, input, row.cancelRequested);
    if (attempt === undefined) return;
    const verdict = judgeAttempt(input, row);
    if (verdict.reason !== null) {
      await appendSystemLine(client, { workloadId, attempt, text: `tessera: ${verdict.reason}` });
    }
    if (verdict.kind === "retry") {
      await requeue(ctx, client, { row, verdict });
      return;
    }
    const { to, reason } = verdict;
    const endings = [{ id: workloadId, reason }];
    await endWorkloads(ctx, client, { endings, to, exitCode: input.exitCode });
  });
  ctx.outboxWritten();
}
