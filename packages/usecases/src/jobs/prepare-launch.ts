import type { ManifestFile } from "@tessera/contracts/manifest";
import { readManifest } from "../code/manifest.ts";
import { authorizeAccount } from "../identity/authorize.ts";
import { createRunToken } from "../identity/run-token.ts";
import type { Context } from "../platform/platform.ts";
import { trackingUri } from "../projects/present-project.ts";
import { commandOf, variablesOf } from "./present-job.ts";

/** Everything that a node needs to start an attempt. */
export interface Launch {
  readonly attemptId: string;
  readonly workloadId: string;
  readonly attemptNumber: number;
  readonly command: readonly string[];
  /** Variables that the submitter gave, and those that tell the command of its run. */
  readonly env: Readonly<Record<string, string>>;
  readonly gpuIndexes: readonly number[];
  readonly cpus: number;
  readonly memoryMb: number;
  readonly timeoutSeconds: number | null;
  /** The job's code; none when it has no code of its own. */
  readonly files: readonly ManifestFile[];
  readonly environment: LaunchEnvironment | null;
}

export interface LaunchEnvironment {
  readonly kind: string;
  readonly lock: string | null;
  readonly lockDigest: string | null;
  readonly image: string | null;
}

interface Origin {
  readonly slug: string;
  readonly experimentNumber: number;
  readonly token: string;
}

function runVariables(
  ctx: Context,
  workloadId: string,
  { slug, experimentNumber, token }: Origin,
): Record<string, string> {
  return {
    MLFLOW_TRACKING_URI: trackingUri(ctx.settings, slug),
    MLFLOW_RUN_ID: workloadId,
    MLFLOW_EXPERIMENT_ID: String(experimentNumber),
    MLFLOW_TRACKING_TOKEN: token,
    TESSERA_URL: ctx.settings.publicUrl,
    TESSERA_TOKEN: token,
    TESSERA_PROJECT: slug,
    TESSERA_RUN_ID: workloadId,
  };
}

/** Work that the platform itself submitted has nobody to speak for, so it gets no token. */
async function issueToken(
  ctx: Context,
  { id, projectId, createdBy }: { id: string; projectId: string; createdBy: string | null },
): Promise<string> {
  if (createdBy === null) return "";
  return ctx.db.prisma.$transaction((tx) =>
    createRunToken(tx, { workloadId: id, projectId, userId: createdBy }),
  );
}

/** Reads what an attempt is to run and issues the token that is good for its run alone. */
export async function prepareLaunch(ctx: Context, attemptId: string): Promise<Launch> {
  authorizeAccount(ctx, "platform.administer");
  const row = await ctx.db.prisma.attempt.findUniqueOrThrow({
    where: { id: attemptId },
    include: {
      workload: {
        include: {
          project: { select: { slug: true } },
          experiment: { select: { number: true } },
          snapshot: { select: { digest: true } },
          environmentRevision: true,
        },
      },
    },
  });
  const { workload } = row;
  const token = await issueToken(ctx, workload);
  const { snapshot, environmentRevision } = workload;
  return {
    attemptId,
    workloadId: workload.id,
    attemptNumber: row.number,
    command: commandOf(workload),
    env: {
      ...variablesOf(workload),
      ...runVariables(ctx, workload.id, {
        slug: workload.project.slug,
        experimentNumber: workload.experiment.number,
        token,
      }),
      TESSERA_ATTEMPT: String(row.number),
    },
    gpuIndexes: row.gpuIndexes,
    cpus: workload.cpus,
    memoryMb: workload.memoryMb,
    timeoutSeconds: workload.timeoutSeconds,
    files: snapshot?.digest ? await readManifest(ctx.blobs, snapshot.digest) : [],
    environment: environmentRevision,
  };
}
