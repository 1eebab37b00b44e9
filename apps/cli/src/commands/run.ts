import { randomUUID } from "node:crypto";
import { cloneSnapshot, type Snapshot } from "@tessera/contracts/code";
import { getJob, type Job, submitJob } from "@tessera/contracts/job";
import { setTimeout as delay } from "node:timers/promises";
import { CliError } from "../cli-error.ts";
import { uploadCode } from "../code/upload-code.ts";
import { wantedData } from "../data/wanted-data.ts";
import { followLog, printLine } from "../follow-log.ts";
import { askOnInterrupt } from "../interruption.ts";
import { persist } from "../persist.ts";
import { putRequirements } from "../put-requirements.ts";
import { projectOf, type Session } from "../session.ts";

export interface RunOptions {
  readonly project?: string | undefined;
  readonly tier?: string | undefined;
  readonly env?: string | undefined;
  /** A requirements file for its environment. */
  readonly requirements?: string | undefined;
  readonly name?: string | undefined;
  readonly experiment?: string | undefined;
  readonly retries?: number | undefined;
  readonly timeout?: number | undefined;
  readonly priority?: number | undefined;
  readonly variable?: readonly string[] | undefined;
  readonly data?: readonly string[] | undefined;
  readonly code: string;
  /** A repository to clone, instead of the folder. */
  readonly git?: string | undefined;
  readonly commit?: string | undefined;
  readonly detach?: boolean | undefined;
}

/** Exit codes of jobs that did not end by themselves, as a shell would give them. */
const CANCELLED = 130;
const LOST = 75;

const LOOK_MS = 1000;

function variablesOf(pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw new CliError(`"${pair}" is not NAME=VALUE`, 2);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** The code that a run takes along; undefined for an empty folder. */
async function codeOf(
  session: Session,
  project: string,
  { code, git, commit }: RunOptions,
): Promise<Snapshot | undefined> {
  if (git !== undefined) {
    const body = { url: git, commit: commit ?? "HEAD" };
    return session.client.call(cloneSnapshot, { params: { project }, body });
  }
  if (commit !== undefined) throw new CliError("--commit goes with --git", 2);
  session.output.progress("Looking at the code …");
  return uploadCode(session, project, code);
}

async function submit(
  session: Session,
  command: readonly string[],
  options: RunOptions,
): Promise<Job> {
  const project = await projectOf(session, options.project);
  const { tier, name, experiment, retries, timeout, priority, variable, requirements } = options;
  const data = wantedData(options.data);
  const env =
    requirements === undefined
      ? options.env
      : await putRequirements(session, { project, name: options.env, file: requirements });
  const snapshot = await codeOf(session, project, options);
  return session.client.call(submitJob, {
    params: { project },
    idempotencyKey: randomUUID(),
    body: {
      command: [...command],
      ...data,
      ...(snapshot === undefined ? {} : { snapshotId: snapshot.id }),
      ...(tier === undefined ? {} : { tier }),
      ...(env === undefined ? {} : { environment: env }),
      ...(name === undefined ? {} : { name }),
      ...(experiment === undefined ? {} : { experiment }),
      ...(retries === undefined ? {} : { maxRetries: retries }),
      ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
      ...(priority === undefined ? {} : { priority }),
      ...(variable === undefined ? {} : { env: variablesOf(variable) }),
    },
  });
}

function waitingWords(job: Job | undefined): string | undefined {
  if (job === undefined) return "queued";
  if (job.state !== "queued" && job.state !== "starting") return undefined;
  return job.reason === null ? job.state : `${job.state}: ${job.reason}`;
}

/** Says why a job does not run yet: on a terminal's last line, elsewhere once for each reason. */
async function showWaiting(session: Session, job: Job, signal: AbortSignal): Promise<void> {
  const { output, client } = session;
  const params = { project: job.project, id: job.id };
  // What passes within a moment is news on a terminal only.
  if (!output.terminal) await delay(2 * LOOK_MS, undefined, { signal }).catch(() => undefined);
  for (let shown = ""; !signal.aborted;) {
    const now = await client.call(getJob, { params, signal }).catch(() => undefined);
    const words = waitingWords(now);
    if (words === undefined || signal.aborted) break;
    if (words !== shown && output.terminal) output.progress(words);
    else if (words !== shown) output.note(words);
    shown = words;
    await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  output.progress("");
}

/** Shows a job's output; false when the user would not wait for its end. */
async function follow(session: Session, job: Job): Promise<boolean> {
  const stop = new AbortController();
  const waiting = new AbortController();
  const interruption = askOnInterrupt(session, job, () => stop.abort());
  void showWaiting(session, job, AbortSignal.any([stop.signal, waiting.signal]));
  try {
    await followLog(session, job, {
      signal: stop.signal,
      onLine: async (line) => {
        waiting.abort();
        await interruption.quiet();
        if (!stop.signal.aborted) await printLine(session, line);
      },
    });
    await interruption.quiet();
  } finally {
    waiting.abort();
    interruption.end();
  }
  return !stop.signal.aborted;
}

/** The code with which `tessera run` ends for a job. */
export function exitCodeOf(job: Job): number {
  if (job.state === "finished") return 0;
  if (job.state === "cancelled") return CANCELLED;
  if (job.state === "lost") return LOST;
  return job.exitCode ?? 1;
}

/** Submits a command with the folder's code, shows its output, ends with its exit code. */
export async function run(
  session: Session,
  command: readonly string[],
  options: RunOptions,
): Promise<void> {
  const job = await submit(session, command, options);
  const page = `${session.url}/p/${job.project}/runs/${job.id}`;
  if (options.detach === true) {
    session.output.result(job, () => job.id);
    session.output.note(page);
    return;
  }
  session.output.note(`${job.name}  ${page}`);
  if (!(await follow(session, job))) {
    session.output.note(`Left running; \`tessera logs -f ${job.id}\` shows its output`);
    return;
  }
  const params = { project: job.project, id: job.id };
  const ended = await persist(() => session.client.call(getJob, { params }));
  if (session.output.json) session.output.line(ended, () => "");
  session.output.note(`${ended.name} ${ended.state}${ended.reason ? `: ${ended.reason}` : ""}`);
  process.exitCode = exitCodeOf(ended);
}
