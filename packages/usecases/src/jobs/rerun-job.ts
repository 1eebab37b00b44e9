import type { Job, RerunJob, SubmitJob } from "@tessera/contracts/job";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { findJob } from "./get-job.ts";
import { commandOf, variablesOf } from "./present-job.ts";
import { submitJob } from "./submit-job.ts";

interface Input {
  readonly project: string;
  readonly id: string;
  readonly changes: RerunJob;
}

/** Submits a job again, pinned to the same code, data, environment revision and tier but for changes. */
export async function rerunJob(ctx: Context, { project: slug, id, changes }: Input): Promise<Job> {
  const { project } = await authorize(ctx, "job.submit", { project: slug });
  const row = await findJob(ctx, project.id, id);
  const revision = row.environmentRevision;
  const same: SubmitJob = {
    command: commandOf(row),
    env: variablesOf(row),
    experiment: row.experiment.name,
    tier: row.tierName,
    priority: row.priority,
    maxRetries: row.maxRetries,
    data: row.data.map(({ path, version }) => ({
      dataset: `${version.dataset.name}@${version.number}`,
      path,
    })),
    ...(row.snapshotId === null ? {} : { snapshotId: row.snapshotId }),
    ...(revision === null
      ? {}
      : { environment: `${revision.environment.name}@${revision.number}` }),
    ...(row.timeoutSeconds === null ? {} : { timeoutSeconds: row.timeoutSeconds }),
  };
  return submitJob(ctx, { project: slug, job: { ...withChanges(same, changes), rerunOf: id } });
}

/** `null` takes away what the first job had. */
function withChanges(same: SubmitJob, changes: RerunJob): SubmitJob {
  const { environment, timeoutSeconds, command = same.command, ...rest } = changes;
  const { environment: sameEnvironment, timeoutSeconds: sameTimeout, ...kept } = same;
  const newEnvironment = environment === undefined ? sameEnvironment : environment;
  const newTimeout = timeoutSeconds === undefined ? sameTimeout : timeoutSeconds;
  return {
    ...kept,
    ...rest,
    command,
    ...(newEnvironment == null ? {} : { environment: newEnvironment }),
    ...(newTimeout == null ? {} : { timeoutSeconds: newTimeout }),
  };
}
