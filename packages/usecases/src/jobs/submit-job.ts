import type { Job, SubmitJob } from "@tessera/contracts/job";
import { withTransaction } from "@tessera/db/transaction";
import { truncate } from "@tessera/mlflow/validation";
import { newRunId } from "../runs/new-run-id.ts";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { readJob } from "./get-job.ts";
import { insertJob } from "./insert-job.ts";
import { newJobOf, planJob } from "./plan-job.ts";

interface Input {
  readonly project: string;
  readonly job: SubmitJob;
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
  await withTransaction(ctx.db.pool, async (client) => {
    const plan = await planJob(client, project.id, job);
    await insertJob(ctx, client, newJobOf(ctx, { id, name, projectId: project.id, plan }));
    await recordAudit(ctx, client, { action: "job.submit", subject: id, projectId: project.id });
  });
  ctx.outboxWritten();
  return readJob(ctx, project.id, id);
}
