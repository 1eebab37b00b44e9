import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline/promises";
import { cancelJob, getJob, type Job, submitJob, terminalStates } from "@tessera/contracts/job";
import { setTimeout as delay } from "node:timers/promises";
import { CliError } from "../cli-error.ts";
import { uploadCode } from "../code/upload-code.ts";
import { followLog, printLine } from "../follow-log.ts";
import { projectOf, type Session } from "../session.ts";

export interface RunOptions {
  readonly project?: string | undefined;
  readonly tier?: string | undefined;
  readonly env?: string | undefined;
  readonly name?: string | undefined;
  readonly experiment?: string | undefined;
  readonly retries?: number | undefined;
  readonly timeout?: number | undefined;
  readonly priority?: number | undefined;
  readonly variable?: readonly string[] | undefined;
  readonly code: string;
  readonly detach?: boolean | undefined;
}

/** Exit codes of jobs that did not end by themselves, as a shell would give them. */
const CANCELLED = 130;
const LOST = 75;

function variablesOf(pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw new CliError(`"${pair}" is not NAME=VALUE`, 2);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

async function submit(
  session: Session,
  command: readonly string[],
  options: RunOptions,
): Promise<Job> {
  const project = await projectOf(session, options.project);
  session.output.progress("Looking at the code …");
  const snapshot = await uploadCode(session, project, options.code);
  const { tier, env, name, experiment, retries, timeout, priority, variable } = options;
  return session.client.call(submitJob, {
    params: { project },
    idempotencyKey: randomUUID(),
    body: {
      command: [...command],
      snapshotId: snapshot.id,
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

/** Ctrl-C asks what to do; where nobody can be asked, it cancels. */
async function askOnInterrupt(session: Session, job: Job, detach: () => void): Promise<void> {
  if (process.stdin.isTTY) {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await lines.question(
      "\nLeave it running (d), cancel it (c), or go on (Enter)? ",
    );
    lines.close();
    if (answer.trim().toLowerCase().startsWith("d")) return detach();
    if (!answer.trim().toLowerCase().startsWith("c")) return;
  }
  session.output.note("Cancelling …");
  await session.client.call(cancelJob, { params: { project: job.project, id: job.id } });
}

async function showWaiting(session: Session, job: Job, signal: AbortSignal): Promise<void> {
  const params = { project: job.project, id: job.id };
  let shown = "";
  while (!signal.aborted) {
    const now = await session.client.call(getJob, { params, signal }).catch(() => undefined);
    if (now && now.state !== "queued" && now.state !== "starting") return;
    const text = `${now?.state ?? "queued"}${now?.reason ? `: ${now.reason}` : ""}`;
    if (text !== shown) session.output.progress(text);
    shown = text;
    await delay(1000, undefined, { signal }).catch(() => undefined);
  }
}

async function follow(session: Session, job: Job): Promise<boolean> {
  const stop = new AbortController();
  const waiting = new AbortController();
  let asking = false;
  const interrupt = (): void => {
    if (asking) return;
    asking = true;
    void askOnInterrupt(session, job, () => stop.abort()).finally(() => {
      asking = false;
    });
  };
  process.on("SIGINT", interrupt);
  void showWaiting(session, job, AbortSignal.any([stop.signal, waiting.signal]));
  await followLog(session, job, {
    signal: stop.signal,
    onLine: (line) => {
      waiting.abort();
      printLine(session, line);
    },
  });
  waiting.abort();
  process.off("SIGINT", interrupt);
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
  const ended = await session.client.call(getJob, {
    params: { project: job.project, id: job.id },
  });
  if (session.output.json) session.output.line(ended, () => "");
  if (ended.state !== "finished" && terminalStates.includes(ended.state)) {
    session.output.note(`${ended.name} ${ended.state}${ended.reason ? `: ${ended.reason}` : ""}`);
  }
  process.exitCode = exitCodeOf(ended);
}
