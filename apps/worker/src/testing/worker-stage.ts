import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalExecutor } from "@tessera/compute/local/local-executor";
import { createLogger } from "@tessera/kit/logger";
import { type JobStage, startJobStage } from "@tessera/usecases/testing/job-stage";
import { DataCache } from "../data/data-cache.ts";
import { BuiltEnvironments } from "../environments/built-environments.ts";
import type { LaunchSite } from "../launch/launch-attempt.ts";
import { AttemptKeeper } from "../watch/attempt-keeper.ts";
import { Complaints } from "../watch/complaints.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** A worker's parts in this process, which can be left as a killed worker leaves them. */
export interface TestWorker {
  readonly keeper: AttemptKeeper;
  readonly site: LaunchSite;
  /** Ends all that this process does for it; its attempts go on. */
  die(): void;
}

export interface WorkerStage extends JobStage {
  readonly home: string;
  /** A worker on the stage's machine; it takes over what an earlier one left. */
  openWorker(env?: Variables): Promise<TestWorker>;
}

/** A platform and a home for workers. Call `close` in `afterAll`, once all workers are dead. */
export async function startWorkerStage(
  options: Parameters<typeof startJobStage>[0] & { readonly home?: string } = {},
): Promise<WorkerStage> {
  const stage = await startJobStage(options);
  const home = options.home ?? (await mkdtemp(join(tmpdir(), "tessera-worker-")));
  return {
    ...stage,
    home,
    openWorker: (env = { PATH: "/usr/local/bin:/usr/bin:/bin" }) => openWorker(stage, home, env),
    close: async () => {
      await stage.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function openWorker(stage: JobStage, home: string, env: Variables): Promise<TestWorker> {
  const life = new AbortController();
  const log = createLogger("worker-test", "silent");
  let keeper: AttemptKeeper | undefined;
  const attemptsRoot = join(home, "attempts");
  const environmentsRoot = join(home, "environments");
  const site: LaunchSite = {
    executor: await createLocalExecutor({
      root: attemptsRoot,
      env,
      onChange: (attemptId) => keeper?.noticed(attemptId),
      log,
      signal: life.signal,
    }),
    attemptsRoot,
    workRoot: join(home, "work"),
    environmentsRoot,
    environments: new BuiltEnvironments({ root: environmentsRoot, env, signal: life.signal }),
    data: new DataCache(join(home, "data-cache"), stage.system.blobs),
    hostEnv: env,
  };
  keeper = new AttemptKeeper({
    ctx: stage.system,
    site,
    nodeId: stage.node,
    complaints: new Complaints(log),
  });
  await keeper.adopt();
  return {
    keeper,
    site,
    die: () => {
      life.abort();
      keeper = undefined;
    },
  };
}
