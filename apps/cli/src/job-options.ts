import { cloneSnapshot, type Snapshot } from "@tessera/contracts/code";
import type { SubmitJob } from "@tessera/contracts/job";
import { CliError } from "./cli-error.ts";
import { uploadCode } from "./code/upload-code.ts";
import { wantedData } from "./data/wanted-data.ts";
import { putRequirements } from "./put-requirements.ts";
import type { Session } from "./session.ts";

/** Options of commands that submit jobs. */
export interface JobOptions {
  readonly project?: string | undefined;
  readonly tier?: string | undefined;
  readonly env?: string | undefined;
  /** A requirements file for its environment. */
  readonly requirements?: string | undefined;
  readonly experiment?: string | undefined;
  readonly retries?: number | undefined;
  readonly timeout?: number | undefined;
  readonly priority?: number | undefined;
  readonly variable?: readonly string[] | undefined;
  /** Datasets to find there, as `name[@version][:path]`. */
  readonly data?: readonly string[] | undefined;
  readonly code: string;
  /** A repository to clone, instead of the folder. */
  readonly git?: string | undefined;
  readonly commit?: string | undefined;
}

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
  { code, git, commit }: JobOptions,
): Promise<Snapshot | undefined> {
  if (git !== undefined) {
    const body = { url: git, commit: commit ?? "HEAD" };
    return session.client.call(cloneSnapshot, { params: { project }, body });
  }
  if (commit !== undefined) throw new CliError("--commit goes with --git", 2);
  session.output.progress("Looking at the code …");
  return uploadCode(session, project, code);
}

interface Asked {
  readonly project: string;
  readonly command: readonly string[];
  readonly options: JobOptions;
}

/** What is to be submitted; the code is sent, and the environment made, on the way. */
export async function jobOf(
  session: Session,
  { project, command, options }: Asked,
): Promise<SubmitJob> {
  const { tier, experiment, retries, timeout, priority, variable, requirements } = options;
  const env =
    requirements === undefined
      ? options.env
      : await putRequirements(session, { project, name: options.env, file: requirements });
  const data = wantedData(options.data);
  const snapshot = await codeOf(session, project, options);
  return {
    command: [...command],
    ...data,
    ...(snapshot === undefined ? {} : { snapshotId: snapshot.id }),
    ...(tier === undefined ? {} : { tier }),
    ...(env === undefined ? {} : { environment: env }),
    ...(experiment === undefined ? {} : { experiment }),
    ...(retries === undefined ? {} : { maxRetries: retries }),
    ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
    ...(priority === undefined ? {} : { priority }),
    ...(variable === undefined ? {} : { env: variablesOf(variable) }),
  };
}
