import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "@tessera/client/create-client";
import { getJob, type Job, listJobs, submitJob, terminalStates } from "@tessera/contracts/job";
import { getJobLog, type LogLine } from "@tessera/contracts/log";
import { createProject } from "@tessera/contracts/project";
import { putTier } from "@tessera/contracts/tier";

/**
 * What each job does: it leaves a mark when it begins and when it ends, and holds a lock between
 * the two, which its death gives back. Whoever finds the lock taken says so.
 */
const program = `
import fcntl, os, sys, time
folder, lines, pause = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
run, attempt = os.environ["TESSERA_RUN_ID"], os.environ["TESSERA_ATTEMPT"]
def mark(name, text):
    with open(os.path.join(folder, name), "a") as file:
        file.write(text + "\\n")
lock = open(os.path.join(folder, run + ".lock"), "w")
try:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    mark("twice", run + " " + attempt)
    sys.exit(9)
mark(run + ".marks", "start " + attempt)
for line in range(lines):
    print("out", line, flush=True)
    print("err", line, file=sys.stderr, flush=True)
    time.sleep(pause)
mark(run + ".marks", "end " + attempt)
`;

export interface Batch {
  readonly project: string;
  readonly ids: readonly string[];
  readonly lines: number;
}

interface BatchOptions {
  readonly folder: string;
  readonly count: number;
  readonly lines: number;
  /** Seconds between two lines; of each job in turn. */
  readonly pauses: readonly number[];
}

/** Submits jobs so small that dozens of them run at once. */
export async function submitBatch(client: Client, options: BatchOptions): Promise<Batch> {
  const project = `crash-${randomUUID()}`;
  await client.call(createProject, { body: { name: "Crash", slug: project } });
  const tier = { cpus: 0.05, memoryMb: 64, gpus: 0 };
  await client.call(putTier, { params: { name: "tiny" }, body: tier });
  const { folder, count, lines, pauses } = options;
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const pause = pauses[index % pauses.length];
    const command = ["python3", "-c", program, folder, String(lines), String(pause)];
    const body = { command, name: `job-${index}`, tier: "tiny" };
    ids.push((await client.call(submitJob, { params: { project }, body })).id);
  }
  return { project, ids, lines };
}

/** Every job of a batch as it is now. */
export async function jobsOf(client: Client, { project, ids }: Batch): Promise<Job[]> {
  const { items } = await client.call(listJobs, { params: { project }, query: { limit: 200 } });
  return ids.map((id) => {
    const job = items.find((each) => each.id === id);
    if (job === undefined) throw new Error(`The job ${id} is lost`);
    return job;
  });
}

/** How many jobs there are in each state. */
export function countStates(jobs: readonly Job[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of jobs) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

export function isOver(job: Job): boolean {
  return terminalStates.includes(job.state);
}

/** Jobs that found themselves running already. */
export function foundTwice(folder: string): string {
  return readdirSync(folder).includes("twice") ? readFileSync(join(folder, "twice"), "utf8") : "";
}

function marksOf(folder: string, id: string): string[] {
  const name = `${id}.marks`;
  if (!readdirSync(folder).includes(name)) return [];
  return readFileSync(join(folder, name), "utf8").trim().split("\n");
}

async function readLog(client: Client, project: string, id: string): Promise<LogLine[]> {
  const query = { from: 0, limit: 5000 };
  return (await client.call(getJobLog, { params: { project, id }, query })).lines;
}

function textsOf(lines: readonly LogLine[], attempt: number, stream: LogLine["stream"]): string[] {
  return lines
    .filter((line) => line.attempt === attempt && line.stream === stream)
    .map(({ text }) => text);
}

function numbered(word: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index}`);
}

/** How many attempts began, and were given up although nobody ended them, or somebody did. */
export async function countInterrupted(
  client: Client,
  batch: Batch,
  folder: string,
): Promise<number> {
  const jobs = await jobsOf(client, batch);
  const begun = jobs.flatMap(({ id, attempts }) =>
    attempts.slice(0, -1).filter((each) => marksOf(folder, id).includes(`start ${each.number}`)),
  );
  return begun.length;
}

/**
 * Everything that is wrong with a job that should have finished, attempt by attempt, in words;
 * nothing when it ran to its end once, says of each attempt before what became of it, and has its
 * output whole and undoubled.
 */
export async function faultsOf(
  client: Client,
  batch: Batch,
  { id, folder }: { readonly id: string; readonly folder: string },
): Promise<string[]> {
  const job = await client.call(getJob, { params: { project: batch.project, id } });
  const log = await readLog(client, batch.project, id);
  const marks = marksOf(folder, id);
  const faults: string[] = [];
  const expect = (right: boolean, fault: string): void => {
    if (!right) faults.push(`${job.name}: ${fault}`);
  };
  expect(job.state === "finished", `is ${job.state}: ${job.reason}`);
  expect(
    log.every((line, index) => line.number === index),
    "its log's lines are not numbered one by one",
  );
  for (const attempt of job.attempts) {
    const last = attempt === job.attempts.at(-1);
    const { number } = attempt;
    const out = textsOf(log, number, "stdout");
    const err = textsOf(log, number, "stderr");
    const lines = last ? batch.lines : out.length;
    expect(sameLines(out, numbered("out", lines)), `attempt ${number} printed ${out.join()}`);
    const errors = last ? batch.lines : err.length;
    expect(sameLines(err, numbered("err", errors)), `attempt ${number} complained ${err.join()}`);
    const starts = marks.filter((mark) => mark === `start ${number}`).length;
    expect(starts === 1 || (!last && starts === 0), `attempt ${number} began ${starts} times`);
    if (last) continue;
    expect(attempt.state === "lost", `attempt ${number} is ${attempt.state}`);
    expect(Boolean(attempt.reason), `attempt ${number} has no reason`);
    const told = textsOf(log, number, "system");
    expect(told.length === 1, `of attempt ${number} the log says ${JSON.stringify(told)}`);
  }
  const ends = marks.filter((mark) => mark === `end ${job.attempts.length}`).length;
  expect(ends === 1, `ended ${ends} times`);
  return faults;
}

function sameLines(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((line, index) => line === right[index]);
}
