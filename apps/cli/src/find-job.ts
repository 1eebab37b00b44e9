import { type Job, listAllJobs, listJobs } from "@tessera/contracts/job";
import { CliError } from "./cli-error.ts";
import type { Session } from "./session.ts";

/** The job that a full id, or the end or beginning of one, means. */
export async function findJob(session: Session, text: string, project?: string): Promise<Job> {
  if (!/^[0-9a-f]{4,32}$/.test(text)) throw new CliError(`"${text}" is not a job's id`, 2);
  const query = { id: text, limit: 2 };
  const { items } =
    project === undefined
      ? await session.client.call(listAllJobs, { query })
      : await session.client.call(listJobs, { params: { project }, query });
  const [first, second] = items;
  if (first === undefined) {
    throw new CliError(`There is no job ${text}; \`tessera ps --all\` lists them`);
  }
  if (second !== undefined) {
    throw new CliError(`${text} is more than one job, such as ${first.id} and ${second.id}`);
  }
  return first;
}
