import { cancelJob, terminalStates } from "@tessera/contracts/job";
import { findJob } from "../find-job.ts";
import type { Session } from "../session.ts";

/** Asks for jobs to be ended. */
export async function cancel(
  session: Session,
  ids: readonly string[],
  options: { readonly project?: string | undefined },
): Promise<void> {
  for (const text of ids) {
    const { project, id } = await findJob(session, text, options.project);
    const job = await session.client.call(cancelJob, { params: { project, id } });
    const ended = terminalStates.includes(job.state);
    session.output.line(job, () =>
      ended ? `${job.name} is ${job.state}` : `${job.name} is being stopped`,
    );
  }
}
