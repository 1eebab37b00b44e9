import { ApiError } from "@tessera/client/api-error";
import { getJob, type Job, listAllJobs } from "@tessera/contracts/job";
import { CliError } from "./cli-error.ts";
import type { Session } from "./session.ts";

/** Jobs that are looked through for the beginning of an id. */
const LOOKED_THROUGH = 500;

/** The job that a full id, or the end or beginning of one, means. */
export async function findJob(session: Session, text: string, project?: string): Promise<Job> {
  if (!/^[0-9a-f]{4,32}$/.test(text)) throw new CliError(`"${text}" is not a job's id`, 2);
  if (project !== undefined && text.length === 32) return getOne(session, project, text);
  const { items } = await session.client.call(listAllJobs, { query: { limit: LOOKED_THROUGH } });
  const found = items.filter((job) => job.id.startsWith(text) || job.id.endsWith(text));
  const [first, second] = found;
  if (first === undefined)
    throw new CliError(`There is no job ${text}; \`tessera ps --all\` lists them`);
  if (second !== undefined)
    throw new CliError(`${text} is not one job but ${found.length}; give more of the id`);
  return first;
}

async function getOne(session: Session, project: string, id: string): Promise<Job> {
  try {
    return await session.client.call(getJob, { params: { project, id } });
  } catch (error) {
    if (error instanceof ApiError && error.code === "not_found") throw new CliError(error.message);
    throw error;
  }
}
