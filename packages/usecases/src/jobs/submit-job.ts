import { PlatformError } from "@tessera/contracts/errors";
import type { Job, SubmitJob } from "@tessera/contracts/job";
import type { Transaction } from "@tessera/db/client";
import { newId } from "@tessera/kit/ids";
import { publishEvent } from "../events/publish-event.ts";
import { authorize, type ProjectRow } from "../identity/authorize.ts";
import { actorName, actorUserId } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { enqueueMessage } from "./enqueue-message.ts";
import { findJob, presentWithPosition } from "./get-job.ts";
import { resolveEnvironment } from "./resolve-environment.ts";
import { resolveExperiment } from "./resolve-experiment.ts";
import { resolveTier } from "./resolve-tier.ts";
import { runStatusOf } from "./workload-state.ts";

interface Input {
  readonly project: string;
  readonly job: SubmitJob;
}

interface Parts {
  readonly id: string;
  readonly name: string;
  readonly experimentId: string;
}

async function assertSnapshot(tx: Transaction, projectId: string, id: string): Promise<void> {
  const snapshot = await tx.snapshot.findFirst({ where: { id, projectId } });
  if (!snapshot) {
    throw new PlatformError("invalid_argument", `There is no code snapshot ${id} in this project`, {
      issues: [{ path: "snapshotId", message: "upload the code first, or leave it out" }],
    });
  }
  if (snapshot.state === "failed") {
    throw new PlatformError("failed_precondition", `That code could not be had: ${snapshot.error}`);
  }
}

/** Tags that MLflow's interface and clients look for. */
async function runTags(tx: Transaction, job: SubmitJob, facts: Record<string, string>) {
  const tags: Record<string, string> = {
    ...facts,
    "mlflow.source.name": job.command.join(" "),
    "mlflow.source.type": "PROJECT",
    ...job.tags,
  };
  if (job.snapshotId !== undefined) {
    const snapshot = await tx.snapshot.findUnique({ where: { id: job.snapshotId } });
    if (snapshot?.gitCommit) tags["mlflow.source.git.commit"] = snapshot.gitCommit;
    if (snapshot?.gitBranch) tags["mlflow.source.git.branch"] = snapshot.gitBranch;
    if (snapshot?.gitRemote) tags["mlflow.source.git.repoURL"] = snapshot.gitRemote;
  }
  return Object.entries(tags).map(([key, value]) => ({ key, value: value.slice(0, 8000) }));
}

async function insertWorkload(
  ctx: Context,
  tx: Transaction,
  { project, job, parts }: { project: ProjectRow; job: SubmitJob; parts: Parts },
): Promise<void> {
  const environment =
    job.environment === undefined
      ? null
      : await resolveEnvironment(tx, project.id, job.environment);
  await tx.workload.create({
    data: {
      id: parts.id,
      projectId: project.id,
      kind: "job",
      name: parts.name,
      state: "queued",
      priority: job.priority ?? 0,
      command: job.command,
      env: job.env ?? {},
      experimentId: parts.experimentId,
      snapshotId: job.snapshotId ?? null,
      environmentRevisionId: environment?.id ?? null,
      ...(await resolveTier(tx, job.tier)),
      timeoutSeconds: job.timeoutSeconds ?? null,
      maxRetries: job.maxRetries ?? 0,
      rerunOf: job.rerunOf ?? null,
      createdBy: actorUserId(ctx.actor),
      submittedBy: actorName(ctx.actor),
    },
  });
}

async function insertRun(
  ctx: Context,
  tx: Transaction,
  { project, job, parts }: { project: ProjectRow; job: SubmitJob; parts: Parts },
): Promise<void> {
  const facts = { "mlflow.user": actorName(ctx.actor), "mlflow.runName": parts.name };
  await tx.run.create({
    data: {
      id: parts.id,
      projectId: project.id,
      experimentId: parts.experimentId,
      workloadId: parts.id,
      name: parts.name,
      status: runStatusOf("queued"),
      userId: actorName(ctx.actor),
      startTime: BigInt(ctx.clock.now().getTime()),
      tags: { createMany: { data: await runTags(tx, job, facts) } },
    },
  });
}

/** A name from the command: its last path part that is not an option, with a piece of the id. */
function inventedName(command: readonly string[], id: string): string {
  const script = command.find((part) => /\.(py|sh|r|jl|ipynb)$/i.test(part)) ?? command[0] ?? "job";
  const base = script.split(/[\\/]/).at(-1) ?? script;
  return `${base.replace(/\.\w+$/, "").slice(0, 60)}-${id.slice(-6)}`;
}

/** Submits a command: the workload, its run and its message to the queue are one transaction. */
export async function submitJob(ctx: Context, { project: slug, job }: Input): Promise<Job> {
  const { project } = await authorize(ctx, "job.submit", { project: slug });
  const id = newId();
  const name = job.name ?? inventedName(job.command, id);
  await ctx.db.prisma.$transaction(async (tx) => {
    if (job.snapshotId !== undefined) await assertSnapshot(tx, project.id, job.snapshotId);
    const experiment = await resolveExperiment(tx, project.id, job.experiment ?? "Default");
    const parts = { id, name, experimentId: experiment.id };
    await insertWorkload(ctx, tx, { project, job, parts });
    await insertRun(ctx, tx, { project, job, parts });
    await recordAudit(ctx, tx, { action: "job.submit", subject: id, projectId: project.id });
    await publishEvent(tx, { type: "job.changed", projectId: project.id, subject: id });
    await enqueueMessage(tx, { job: "workload.dispatch", payload: {} });
  });
  ctx.outboxWritten();
  return presentWithPosition(ctx, await findJob(ctx, project.id, id));
}
