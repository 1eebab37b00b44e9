import { type Job, listAllJobs, listJobs } from "@tessera/contracts/job";
import { tableOf } from "../output/output.ts";
import { age, duration, shortened, stateWord } from "../output/words.ts";
import type { Session } from "../session.ts";

interface PsOptions {
  readonly all?: boolean | undefined;
  readonly project?: string | undefined;
  readonly limit: number;
}

/** Characters of a name, so that what follows stays in sight; --json has all of it. */
const LONGEST_NAME = 40;

function timeOf(job: Job): string {
  if (job.startedAt === null) return job.position === null ? "" : `place ${job.position}`;
  const end = job.finishedAt === null ? Date.now() : Date.parse(job.finishedAt);
  return duration(end - Date.parse(job.startedAt));
}

function rowOf(job: Job): string[] {
  return [
    job.id,
    job.project,
    shortened(job.name, LONGEST_NAME),
    stateWord(job.state),
    timeOf(job),
    age(job.submittedAt),
    job.reason ?? "",
  ];
}

/** Jobs that wait or run; with --all, ended ones too. */
export async function ps(session: Session, options: PsOptions): Promise<void> {
  const state = options.all === true ? undefined : "queued,starting,running";
  const query = { limit: options.limit, ...(state === undefined ? {} : { state }) };
  const { items: shown } =
    options.project === undefined
      ? await session.client.call(listAllJobs, { query })
      : await session.client.call(listJobs, { params: { project: options.project }, query });
  session.output.result(shown, () =>
    shown.length === 0
      ? options.all === true
        ? "No job was submitted yet. Submit one with `tessera run -- <command>`."
        : "Nothing waits or runs. `tessera ps --all` shows what ended."
      : tableOf(
          ["ID", "PROJECT", "NAME", "STATE", "TIME", "SUBMITTED", "REASON"],
          shown.map(rowOf),
        ),
  );
}
