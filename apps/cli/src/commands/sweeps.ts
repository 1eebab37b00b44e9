import {
  cancelSweep,
  extendSweep,
  listSweeps,
  listTrials,
  pauseSweep,
  resumeSweep,
  type Sweep,
  type Trial,
} from "@tessera/contracts/sweep";
import { tableOf } from "../output/output.ts";
import { age, duration, shortened } from "../output/words.ts";
import { projectOf, type Session } from "../session.ts";
import { findSweep } from "../sweeps/find-sweep.ts";
import {
  coloured,
  objectiveInWords,
  progressInWords,
  valuesInWords,
} from "../sweeps/sweep-words.ts";

export interface ProjectOption {
  readonly project?: string | undefined;
}

const LONGEST_NAME = 40;

/** A project's sweeps, newest first. */
export async function listThem(
  session: Session,
  options: ProjectOption & { readonly limit: number },
): Promise<void> {
  const project = await projectOf(session, options.project);
  const query = { limit: options.limit };
  const { items } = await session.client.call(listSweeps, { params: { project }, query });
  session.output.result(items, () =>
    items.length === 0
      ? "No sweep was started yet. Start one with `tessera sweep --minimize loss -- <command>`."
      : tableOf(
          ["ID", "NAME", "STATE", "STARTED", "TRIALS"],
          items.map((sweep) => [
            sweep.id,
            shortened(sweep.name, LONGEST_NAME),
            coloured(sweep.state),
            age(sweep.createdAt),
            progressInWords(sweep),
          ]),
        ),
  );
}

async function trialsOf(session: Session, { project, id }: Sweep): Promise<Trial[]> {
  const trials: Trial[] = [];
  let pageToken: string | undefined;
  do {
    const query = { limit: 500, ...(pageToken === undefined ? {} : { pageToken }) };
    const page = await session.client.call(listTrials, { params: { project, id }, query });
    trials.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return trials;
}

function rowOf(trial: Trial): string[] {
  const end = trial.finishedAt === null ? Date.now() : Date.parse(trial.finishedAt);
  const state = trial.state === "running" && trial.jobState === "queued" ? "waits" : undefined;
  return [
    String(trial.number),
    state ?? coloured(trial.state),
    objectiveInWords(trial),
    valuesInWords(trial.values),
    duration(end - Date.parse(trial.createdAt)),
    trial.reason ?? "",
  ];
}

/** One sweep with its trials. */
export async function show(session: Session, text: string, options: ProjectOption): Promise<void> {
  const sweep = await findSweep(session, text, await projectOf(session, options.project));
  const trials = await trialsOf(session, sweep);
  session.output.result({ ...sweep, trials }, () =>
    [
      `${sweep.name} ${coloured(sweep.state)}${sweep.reason === null ? "" : `: ${sweep.reason}`}`,
      progressInWords(sweep),
      "",
      tableOf(
        ["TRIAL", "STATE", sweep.metric.toUpperCase(), "VALUES", "TIME", "REASON"],
        trials.map(rowOf),
      ),
    ].join("\n"),
  );
}

type Change = typeof pauseSweep | typeof resumeSweep | typeof cancelSweep;

async function change(session: Session, text: string, asked: ProjectOption & { endpoint: Change }) {
  const { project, id } = await findSweep(session, text, await projectOf(session, asked.project));
  const sweep = await session.client.call(asked.endpoint, { params: { project, id } });
  tell(session, sweep);
}

function tell(session: Session, sweep: Sweep): void {
  session.output.line(sweep, () => `${sweep.name} is ${sweep.state}: ${progressInWords(sweep)}`);
}

/** Starts no more trials until it is resumed. */
export async function pause(session: Session, text: string, options: ProjectOption): Promise<void> {
  await change(session, text, { ...options, endpoint: pauseSweep });
}

export async function resume(
  session: Session,
  text: string,
  options: ProjectOption,
): Promise<void> {
  await change(session, text, { ...options, endpoint: resumeSweep });
}

/** Ends a sweep and all of its trials. */
export async function cancelIt(
  session: Session,
  text: string,
  options: ProjectOption,
): Promise<void> {
  await change(session, text, { ...options, endpoint: cancelSweep });
}

/** Allows a sweep more trials. */
export async function extend(
  session: Session,
  text: string,
  options: ProjectOption & { readonly trials: number; readonly parallel?: number | undefined },
): Promise<void> {
  const { project, id } = await findSweep(session, text, await projectOf(session, options.project));
  const { trials, parallel } = options;
  const body = { trials, ...(parallel === undefined ? {} : { parallelism: parallel }) };
  tell(session, await session.client.call(extendSweep, { params: { project, id }, body }));
}
