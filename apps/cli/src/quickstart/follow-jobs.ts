import { setTimeout as delay } from "node:timers/promises";
import { getJob, type Job, terminalStates, type WorkloadState } from "@tessera/contracts/job";
import { getJobLog } from "@tessera/contracts/log";
import { CliError } from "../cli-error.ts";
import { duration } from "../output/words.ts";
import type { Session } from "../session.ts";

const order: readonly WorkloadState[] = [
  "finished",
  "running",
  "starting",
  "queued",
  "failed",
  "cancelled",
  "lost",
];

function progressOf(jobs: readonly Job[], since: number): string {
  const done = jobs.filter((job) => terminalStates.includes(job.state)).length;
  const bar = `${"█".repeat(done)}${"░".repeat(jobs.length - done)}`;
  const counts = order.flatMap((state) => {
    const count = jobs.filter((job) => job.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  return `${bar} ${counts.join(", ")}, ${duration(Date.now() - since)}`;
}

async function explainFailure(session: Session, job: Job): Promise<CliError> {
  const { lines } = await session.client.call(getJobLog, {
    params: { project: job.project, id: job.id },
    query: { from: -12 },
  });
  const tail = lines.map((line) => `  ${line.text}`).join("\n");
  return new CliError(
    `The run ${job.name} ${job.state}: ${job.reason ?? "no reason was given"}\n${tail}\n${session.url}/p/${job.project}/runs/${job.id} has all of it`,
  );
}

/** Waits until every job has finished; throws what became of the first that did not. */
export async function followJobs(session: Session, submitted: readonly Job[]): Promise<Job[]> {
  const since = Date.now();
  for (;;) {
    const jobs = await Promise.all(
      submitted.map((job) =>
        session.client.call(getJob, { params: { project: job.project, id: job.id } }),
      ),
    );
    session.output.progress(progressOf(jobs, since));
    if (jobs.every((job) => terminalStates.includes(job.state))) {
      const bad = jobs.find((job) => job.state !== "finished");
      if (bad) throw await explainFailure(session, bad);
      session.output.note(`✓ ${progressOf(jobs, since)}`);
      return jobs;
    }
    await delay(400);
  }
}
