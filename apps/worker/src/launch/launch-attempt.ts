import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { checkoutFiles } from "@tessera/blobs/checkout";
import type { Executor } from "@tessera/compute/executor";
import { PlatformError } from "@tessera/contracts/errors";
import type { Launch } from "@tessera/usecases/jobs/prepare-launch";
import type { Context } from "@tessera/usecases/platform/platform";
import type { DataCache } from "../data/data-cache.ts";
import { placeData } from "../data/place-data.ts";
import type { BuiltEnvironments } from "../environments/built-environments.ts";
import { jobEnvironment } from "./job-environment.ts";

/** Between SIGTERM and SIGKILL, when a limit or a cancellation ends a job. */
export const GRACE_MS = 10_000;

export interface LaunchSite {
  readonly executor: Executor;
  /** Where the executor keeps its attempts' files. */
  readonly attemptsRoot: string;
  /** Folder with a subfolder for each workload attempt's code. */
  readonly workRoot: string;
  readonly environmentsRoot: string;
  readonly environments: BuiltEnvironments;
  /** Content of datasets that jobs of this machine used. */
  readonly data: DataCache;
  readonly hostEnv: Readonly<Record<string, string | undefined>>;
}

/** Where an attempt's code lies while it runs. */
export function workFolder(site: LaunchSite, attemptId: string): string {
  return join(site.workRoot, attemptId);
}

async function virtualEnvironmentOf(launch: Launch, site: LaunchSite): Promise<string | null> {
  const { environment } = launch;
  if (environment === null) return null;
  if (environment.kind !== "python" || environment.lock === null) {
    throw new PlatformError(
      "failed_precondition",
      "this machine runs Python environments; container images need a cluster",
    );
  }
  return site.environments.find(environment.lock);
}

/** Puts an attempt's code and data in place and starts its command. */
export async function launchAttempt(ctx: Context, site: LaunchSite, launch: Launch): Promise<void> {
  const { attemptId } = launch;
  const code = join(workFolder(site, attemptId), "code");
  await mkdir(code, { recursive: true });
  await checkoutFiles(ctx.blobs, launch.files, code);
  for (const data of launch.data) await placeData(ctx, { cache: site.data, folder: code }, data);
  const virtualEnvironment = await virtualEnvironmentOf(launch, site);
  await site.executor.start({
    attemptId,
    argv: launch.command,
    env: jobEnvironment(launch, { virtualEnvironment, hostEnv: site.hostEnv }),
    workingDirectory: code,
    gpuIndexes: launch.gpuIndexes,
    limits: {
      graceMs: GRACE_MS,
      cpus: launch.cpus,
      memoryBytes: launch.memoryMb * 1024 * 1024,
      ...(launch.timeoutSeconds === null ? {} : { wallMs: launch.timeoutSeconds * 1000 }),
    },
  });
}
