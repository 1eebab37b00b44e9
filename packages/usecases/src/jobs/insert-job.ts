import type { SubmitJob } from "@tessera/contracts/job";
import type { PoolClient } from "@tessera/db/transaction";
import { EVENT_CHANNEL } from "../events/publish-event.ts";
import { actorName, actorUserId } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { insertJobData } from "./insert-job-data.ts";
import type { ResolvedData } from "./resolve-data.ts";
import type { TierColumns } from "./resolve-tier.ts";
import { runStatusOf } from "./workload-state.ts";

export interface NewJob {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly job: SubmitJob;
  readonly experimentId: string;
  readonly environmentRevisionId: string | null;
  readonly tier: TierColumns;
  readonly tags: Readonly<Record<string, string>>;
  readonly data: readonly ResolvedData[];
}

const insertSql = {
  name: "insert-job",
  text: `
    WITH workload AS (
      INSERT INTO workload (
        id, project_id, kind, name, state, priority, command, env, experiment_id, snapshot_id,
        environment_revision_id, tier_name, cpus, memory_mb, gpus, price_per_hour,
        timeout_seconds, max_retries, rerun_of, created_by, submitted_by)
      VALUES ($1, $2, 'job', $3, 'queued', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
              $16, $17, $18, $19)),
    run AS (
      INSERT INTO run (id, project_id, experiment_id, workload_id, name, status, user_id, start_time)
      VALUES ($1, $2, $7, $1, $3, $20, $19, $21)),
    tags AS (
      INSERT INTO run_tag (run_id, key, value) SELECT $1, * FROM unnest($22::text[], $23::text[])),
    said AS (
      INSERT INTO event (project_id, type, subject, data)
      VALUES ($2, 'job.changed', $1, '{"state": "queued"}')),
    message AS (INSERT INTO outbox (job, payload) VALUES ('workload.dispatch', '{}'))
    SELECT pg_notify('${EVENT_CHANNEL}', '')`,
};

/** A queued job with its run, what it is tagged with, its event and its message to the queue. */
export async function insertJob(ctx: Context, client: PoolClient, row: NewJob): Promise<void> {
  const { job, tier, tags } = row;
  await client.query({
    ...insertSql,
    values: [
      row.id,
      row.projectId,
      row.name,
      job.priority ?? 0,
      JSON.stringify(job.command),
      JSON.stringify(job.env ?? {}),
      row.experimentId,
      job.snapshotId ?? null,
      row.environmentRevisionId,
      tier.tierName,
      tier.cpus,
      tier.memoryMb,
      tier.gpus,
      tier.pricePerHour,
      job.timeoutSeconds ?? null,
      job.maxRetries ?? 0,
      job.rerunOf ?? null,
      actorUserId(ctx.actor),
      actorName(ctx.actor),
      runStatusOf("queued"),
      ctx.clock.now().getTime(),
      Object.keys(tags),
      Object.values(tags),
    ],
  });
  await insertJobData(client, row);
}
