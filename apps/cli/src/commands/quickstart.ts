import { ApiError } from "@tessera/client/api-error";
import { createSignInLink } from "@tessera/contracts/identity";
import { type Job, submitJob } from "@tessera/contracts/job";
import { createProject, getProject, type Project } from "@tessera/contracts/project";
import { type Run, searchRuns } from "@tessera/contracts/run";
import { CliError } from "../cli-error.ts";
import { uploadCode } from "../code/upload-code.ts";
import type { CliEnv } from "../env.ts";
import { type Output, tableOf } from "../output/output.ts";
import { duration } from "../output/words.ts";
import { buildEnvironment } from "../quickstart/build-environment.ts";
import {
  DIGITS_ENVIRONMENT,
  DIGITS_EXPERIMENT,
  DIGITS_FOLDER,
  DIGITS_PROJECT,
  readRequirements,
  trials,
} from "../quickstart/digits.ts";
import { followJobs } from "../quickstart/follow-jobs.ts";
import { ensurePlatform } from "../quickstart/own-platform.ts";
import { openSession, type Session } from "../session.ts";

const project = DIGITS_PROJECT;

async function ensureProject(session: Session): Promise<Project> {
  try {
    return await session.client.call(getProject, { params: { project } });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "not_found") throw error;
    return session.client.call(createProject, { body: { name: "Digits", slug: project } });
  }
}

async function submitTrials(session: Session): Promise<Job[]> {
  const snapshot = await uploadCode(session, project, DIGITS_FOLDER);
  if (snapshot === undefined) throw new CliError(`${DIGITS_FOLDER} has no files`);
  session.output.note(`✓ Code of examples/digits, ${snapshot.fileCount} files`);
  const jobs: Job[] = [];
  for (const { name, args } of trials) {
    jobs.push(
      await session.client.call(submitJob, {
        params: { project },
        body: {
          name,
          command: ["python", "train.py", ...args],
          experiment: DIGITS_EXPERIMENT,
          snapshotId: snapshot.id,
          environment: DIGITS_ENVIRONMENT,
        },
      }),
    );
  }
  return jobs;
}

function metric(run: Run, key: string): string {
  const value = run.metrics.find((each) => each.key === key)?.value;
  return typeof value === "number" ? value.toFixed(4) : (value ?? "");
}

function timeOf(run: Run): string {
  if (run.startedAt === null || run.finishedAt === null) return "";
  return duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
}

function tableOfRuns(runs: readonly Run[]): string {
  const head = ["RUN", "ACCURACY", "LOSS", "ETA", "ALPHA", "PENALTY", "TIME"];
  const rows = runs.map((run) => [
    run.name,
    metric(run, "val_accuracy"),
    metric(run, "val_loss"),
    run.params["eta"] ?? "",
    run.params["alpha"] ?? "",
    run.params["penalty"] ?? "",
    timeOf(run),
  ]);
  return tableOf(head, rows);
}

async function runsBestFirst(session: Session, jobs: readonly Job[]): Promise<Run[]> {
  const ids = jobs.map((job) => `'${job.id}'`).join(", ");
  const { items } = await session.client.call(searchRuns, {
    params: { project },
    body: {
      filter: `attributes.run_id IN (${ids})`,
      orderBy: ["metrics.val_accuracy DESC", "metrics.val_loss ASC"],
    },
  });
  return items;
}

async function walk(session: Session): Promise<void> {
  await ensureProject(session);
  const requirements = await readRequirements();
  await buildEnvironment(session, { project, name: DIGITS_ENVIRONMENT, requirements });
  const jobs = await followJobs(session, await submitTrials(session));
  const runs = await runsBestFirst(session, jobs);
  const redirect = `/p/${project}/compare?runs=${runs.map((run) => run.id).join(",")}`;
  const link = await session.client.call(createSignInLink, { body: { redirect } });
  const page = `${session.url}${redirect}`;
  session.output.result(
    { runs, page, signInLink: link.url },
    () =>
      `\n${tableOfRuns(runs)}\n\nCompare them in the browser:\n  ${page}\nThis link signs you in, once, within 15 minutes:\n  ${link.url}`,
  );
}

/** From nothing to six tracked runs of a real training, and the page that compares them. */
export async function quickstart(
  env: CliEnv,
  output: Output,
  options: { readonly exit?: boolean | undefined },
): Promise<void> {
  const platform = await ensurePlatform(env, output);
  try {
    await walk(await openSession({ ...env, url: platform.url }, output));
  } finally {
    if (options.exit === true) {
      output.progress("Stopping the platform …");
      await platform.stop();
      output.note("✓ Stopped");
    }
  }
  if (options.exit !== true && env.url === undefined) {
    output.note("\nThe platform goes on running; `npm run stop` ends it.");
  }
}
