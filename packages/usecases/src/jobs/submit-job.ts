import type { Job, SubmitJob } from "@tessera/contracts/job";
import { withTransaction } from "@tessera/db/transaction";
import { LIMITS } from "@tessera/mlflow/limits";
import { truncate, validateRunTag } from "@tessera/mlflow/validation";
import { newRunId } from "../runs/new-run-id.ts";
import { authorize } from "../identity/authorize.ts";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { readJob } from "./get-job.ts";
import { insertJob } from "./insert-job.ts";
import { insertJobData } from "./insert-job-data.ts";
import { resolveData } from "./resolve-data.ts";
import { resolveEnvironment } from "./resolve-environment.ts";
import { resolveExperiment } from "./resolve-experiment.ts";
import { resolveSnapshot } from "./resolve-snapshot.ts";
import { resolveTier } from "./resolve-tier.ts";

interface Input {
  readonly project: string;
  readonly job: SubmitJob;
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

/** A name from the command: its script, with a piece of the id. */
function inventedName(command: readonly string[], id: string): string {
  const script = command.find((part) => /\.(py|sh|r|jl|ipynb)$/i.test(part)) ?? command[0] ?? "job";
  const base = script.split(/[\\/]/).at(-1) ?? script;
  const plain = base.replace(/\.\w+$/, "").replaceAll(/\p{Cc}/gu, " ");
  return `${truncate(plain, 60)}-${id.slice(-6)}`;
}

/** Submits a command: the workload, its run and its message to the queue are one transaction. */
export async function submitJob(ctx: Context, { project: slug, job }: Input): Promise<Job> {
  const { project } = await authorize(ctx, "job.submit", { project: slug });
  const id = newRunId(project.id);
  const name = job.name ?? inventedName(job.command, id);
  const { environment, snapshotId } = job;
  await withTransaction(ctx.db.pool, async (client) => {
    const source =
      snapshotId === undefined ? {} : await resolveSnapshot(client, project.id, snapshotId);
    const data = await resolveData(client, project.id, job);
    await insertJob(ctx, client, {
      id,
      projectId: project.id,
      name,
      job,
      experimentId: await resolveExperiment(client, project.id, job.experiment ?? "Default"),
      environmentRevisionId:
        environment === undefined
          ? null
          : await resolveEnvironment(client, project.id, environment),
      tier: await resolveTier(client, job.tier),
      tags: tagsOf(job, { "mlflow.user": actorName(ctx.actor), ...source }, name),
    });
    await insertJobData(client, { id, project: slug, data });
    await recordAudit(ctx, client, { action: "job.submit", subject: id, projectId: project.id });
  });
  ctx.outboxWritten();
  return readJob(ctx, project.id, id);
}
