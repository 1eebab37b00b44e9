import type { SubmitJob } from "@tessera/contracts/job";
import type { PoolClient } from "@tessera/db/transaction";
import { LIMITS } from "@tessera/mlflow/limits";
import { truncate, validateRunTag } from "@tessera/mlflow/validation";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import type { NewJob } from "./insert-job.ts";
import { type ResolvedData, resolveData } from "./resolve-data.ts";
import { resolveEnvironment } from "./resolve-environment.ts";
import { resolveExperiment } from "./resolve-experiment.ts";
import { resolveSnapshot } from "./resolve-snapshot.ts";
import { resolveTier, type TierColumns } from "./resolve-tier.ts";

/** A job whose code, environment, tier and experiment are settled, to be queued once or often. */
export interface JobPlan {
  readonly job: SubmitJob;
  readonly experimentId: string;
  readonly environmentRevisionId: string | null;
  readonly tier: TierColumns;
  readonly data: readonly ResolvedData[];
  /** Tags that tell where its code came from. */
  readonly source: Readonly<Record<string, string>>;
}

/** The submitter's own tags, as the tracking protocol takes them. @throws MlflowError */
function ownTags({ tags = {} }: SubmitJob): Record<string, string> {
  const checked = Object.entries(tags).map(([key, value]) =>
    validateRunTag({ key, value }, "tags"),
  );
  return Object.fromEntries(checked.map(({ key, value }) => [key, value]));
}

/** Tags that MLflow's interface and clients look for; the submitter's own win. */
function tagsOf(
  job: SubmitJob,
  facts: Readonly<Record<string, string>>,
  name: string,
): Record<string, string> {
  const tags: Record<string, string> = {
    ...facts,
    "mlflow.source.name": job.command.join(" "),
    "mlflow.source.type": "PROJECT",
    ...ownTags(job),
    "mlflow.runName": name,
  };
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [key, truncate(value, LIMITS.runTagValueLength)]),
  );
}

/** Finds what a job names; throws for what is not there. */
export async function planJob(
  client: PoolClient,
  projectId: string,
  job: SubmitJob,
): Promise<JobPlan> {
  const { environment, snapshotId } = job;
  ownTags(job);
  return {
    job,
    source: snapshotId === undefined ? {} : await resolveSnapshot(client, projectId, snapshotId),
    experimentId: await resolveExperiment(client, projectId, job.experiment ?? "Default"),
    environmentRevisionId:
      environment === undefined ? null : await resolveEnvironment(client, projectId, environment),
    tier: await resolveTier(client, job.tier),
    data: await resolveData(client, projectId, job),
  };
}

interface PlannedJob {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly plan: JobPlan;
}

/** The rows of a planned job, submitted by whoever acts. */
export function newJobOf(ctx: Context, { plan, ...identity }: PlannedJob): NewJob {
  const { source, ...rest } = plan;
  const facts = { "mlflow.user": actorName(ctx.actor), ...source };
  return { ...identity, ...rest, tags: tagsOf(plan.job, facts, identity.name) };
}
