import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { cancelSweep, createSweep, getSweep, type Sweep } from "@tessera/contracts/sweep";
import { CliError } from "../cli-error.ts";
import { askOnInterrupt } from "../interruption.ts";
import { jobOf, type JobOptions } from "../job-options.ts";
import { persist } from "../persist.ts";
import { projectOf, type Session } from "../session.ts";
import {
  readSweepFile,
  type SweepFile,
  type SweepOptions,
  sweepOf,
} from "../sweeps/sweep-request.ts";
import { objectiveInWords, progressInWords, valuesInWords } from "../sweeps/sweep-words.ts";

export interface SweepCommandOptions extends JobOptions, SweepOptions {
  readonly file?: string | undefined;
  readonly detach?: boolean | undefined;
}

const LOOK_MS = 1000;
const CANCELLED = 130;

async function submit(
  session: Session,
  command: readonly string[],
  options: SweepCommandOptions,
): Promise<Sweep> {
  const file: SweepFile = options.file === undefined ? {} : await readSweepFile(options.file);
  const whole = command.length > 0 ? command : (file.command ?? []);
  if (whole.length === 0) throw new CliError("Say what each trial runs, after --", 2);
  const sweep = sweepOf(file, options);
  const project = await projectOf(session, options.project);
  const job = await jobOf(session, { project, command: whole, options });
  return session.client.call(createSweep, {
    params: { project },
    idempotencyKey: randomUUID(),
    body: { ...sweep, job },
  });
}

function isOver({ state, trials }: Sweep): boolean {
  return state !== "running" && state !== "paused" && trials.running === 0;
}

/** Tells of each new best until the sweep is over; null when the user would not wait for it. */
async function follow(session: Session, started: Sweep): Promise<Sweep | null> {
  const { output, client } = session;
  const stop = new AbortController();
  const params = { project: started.project, id: started.id };
  const interruption = askOnInterrupt(session, {
    cancel: () => client.call(cancelSweep, { params }),
    detach: () => stop.abort(),
  });
  let best = -1;
  try {
    for (;;) {
      const sweep = await persist(() => client.call(getSweep, { params }));
      await interruption.quiet();
      if (stop.signal.aborted) return null;
      if (sweep.best !== null && sweep.best.number !== best) {
        best = sweep.best.number;
        const words = `${sweep.metric} ${objectiveInWords(sweep.best)}`;
        output.note(`trial ${best}: ${words}  ${valuesInWords(sweep.best.values)}`);
      }
      if (isOver(sweep)) return sweep;
      output.progress(progressInWords(sweep));
      await delay(LOOK_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  } finally {
    output.progress("");
    interruption.end();
  }
}

function endInWords(sweep: Sweep): string {
  const why = sweep.reason === null ? "" : `: ${sweep.reason}`;
  return `${sweep.name} ${sweep.state}${why}\n${progressInWords(sweep)}`;
}

function exitCodeOf({ state }: Sweep): number {
  if (state === "finished") return 0;
  return state === "cancelled" ? CANCELLED : 1;
}

/** Searches for the values with which a command does best, and tells of what it finds. */
export async function sweep(
  session: Session,
  command: readonly string[],
  options: SweepCommandOptions,
): Promise<void> {
  const started = await submit(session, command, options);
  const page = `${session.url}/p/${started.project}/sweeps/${started.id}`;
  if (options.detach === true) {
    session.output.result(started, () => started.id);
    session.output.note(page);
    return;
  }
  session.output.note(`${started.name}  ${page}`);
  const ended = await follow(session, started);
  if (ended === null) {
    session.output.note(`Left running; \`tessera sweeps show ${started.id}\` shows it`);
    return;
  }
  session.output.result(ended, () => (ended.best === null ? "" : valuesInWords(ended.best.values)));
  session.output.note(endInWords(ended));
  process.exitCode = exitCodeOf(ended);
}
