import { hostname } from "node:os";
import { join } from "node:path";
import type { Executor } from "@tessera/compute/executor";
import { createLocalExecutor } from "@tessera/compute/local/local-executor";
import type { Logger } from "@tessera/kit/logger";
import { revivePreparations } from "@tessera/usecases/jobs/revive-preparations";
import { registerNode } from "@tessera/usecases/jobs/register-node";
import type { RunningPlatform } from "@tessera/usecases/platform/create-platform";
import type { Context } from "@tessera/usecases/platform/platform";
import { stepDueSweeps } from "@tessera/usecases/sweeps/step-due-sweeps";
import { seedTiers } from "@tessera/usecases/tiers/seed-tiers";
import { DataCache } from "./data/data-cache.ts";
import { BuiltEnvironments } from "./environments/built-environments.ts";
import { Dispatcher } from "./dispatcher.ts";
import { createHandlers } from "./handlers.ts";
import type { LaunchSite } from "./launch/launch-attempt.ts";
import { nodeIdentity } from "./node-identity.ts";
import { LostNodes } from "./watch/lost-nodes.ts";
import { repeat } from "./repeat.ts";
import { AttemptKeeper } from "./watch/attempt-keeper.ts";
import { Complaints } from "./watch/complaints.ts";
import { sweepLeftovers } from "./watch/sweep-leftovers.ts";

const TICK_MS = 400;
const SAMPLE_MS = 5000;
const HEARTBEAT_MS = 5000;
const REGULAR_PASS_MS = 5000;
const LOST_MS = 15_000;
const REVIVE_MS = 60_000;
const SWEEPS_MS = 1000;
const COMPACT_MS = 20_000;
const DATA_SWEEP_MS = 60 * 60_000;
const RETENTION_MS = 60 * 60_000;

export interface WorkerOptions {
  readonly platform: RunningPlatform;
  readonly home: string;
  readonly nodeName: string | undefined;
  readonly hostEnv: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
}

export interface RunningWorker {
  /** Stops what runs here; it is queued again. Safe to call twice. */
  stop(): Promise<void>;
}

function describeNode(id: string, name: string | undefined, executor: Executor) {
  const { cpus, memoryBytes, gpus } = executor.capacity;
  return {
    id,
    name: name ?? hostname(),
    kind: executor.capabilities.kind,
    cpus,
    memoryMb: Math.floor(memoryBytes / (1024 * 1024)),
    gpus: gpus.map((gpu) => ({ index: gpu.index, name: gpu.name })),
  };
}

interface SiteOptions extends Pick<WorkerOptions, "home" | "hostEnv" | "log" | "platform"> {
  readonly onChange: (attemptId: string) => void;
  readonly signal: AbortSignal;
}

async function openSite({
  platform,
  home,
  hostEnv,
  log,
  onChange,
  signal,
}: SiteOptions): Promise<LaunchSite> {
  const attemptsRoot = join(home, "attempts");
  const environmentsRoot = join(home, "environments");
  return {
    executor: await createLocalExecutor({ root: attemptsRoot, env: hostEnv, onChange, log }),
    attemptsRoot,
    workRoot: join(home, "work"),
    environmentsRoot,
    environments: new BuiltEnvironments({ root: environmentsRoot, env: hostEnv, signal }),
    data: new DataCache(join(home, "data-cache"), platform.blobs),
    hostEnv,
  };
}

/** Serves this machine as a node: takes over what was left, then dispatches and follows jobs. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { platform, home, log } = options;
  const ctx: Context = { ...platform, actor: { kind: "system", name: "worker" } };
  const stopping = new AbortController();
  const complaints = new Complaints(log);
  const nodeId = await nodeIdentity(home);
  let keeper: AttemptKeeper | undefined;
  const site = await openSite({
    ...options,
    onChange: (attemptId) => keeper?.noticed(attemptId),
    signal: stopping.signal,
  });
  keeper = new AttemptKeeper({ ctx, site, nodeId, complaints });
  const node = describeNode(nodeId, options.nodeName, site.executor);
  await seedTiers(ctx);
  await keeper.adopt();
  await sweepLeftovers(site, { known: keeper.attempts, complaints });
  await registerNode(ctx, node);
  const dispatcher = new Dispatcher(ctx, keeper);
  platform.queue.schedule("metrics.compact", COMPACT_MS);
  platform.queue.schedule("retention.sweep", RETENTION_MS);
  const handlers = createHandlers({ ctx, dispatcher, keeper, site });
  await platform.queue.work(handlers, { signal: stopping.signal });
  const loop = { complaints, signal: stopping.signal };
  const following = keeper;
  const lost = new LostNodes(ctx, nodeId);
  const loops = Promise.all([
    repeat(() => following.tick(), { ...loop, name: "Following jobs", everyMs: TICK_MS }),
    repeat(() => following.sample(), { ...loop, name: "Sampling jobs", everyMs: SAMPLE_MS }),
    repeat(() => registerNode(ctx, node), { ...loop, name: "Heartbeat", everyMs: HEARTBEAT_MS }),
    repeat(() => dispatcher.pass(), { ...loop, name: "Dispatch", everyMs: REGULAR_PASS_MS }),
    repeat(() => lost.look(), { ...loop, name: "Looking for lost machines", everyMs: LOST_MS }),
    repeat(() => stepDueSweeps(ctx), { ...loop, name: "Stepping sweeps", everyMs: SWEEPS_MS }),
    repeat(() => site.data.sweep(), {
      ...loop,
      name: "Making room for data",
      everyMs: DATA_SWEEP_MS,
    }),
    repeat(() => revivePreparations(ctx), { ...loop, name: "Reviving builds", everyMs: REVIVE_MS }),
  ]);
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopping.abort();
    dispatcher.close();
    await loops;
    await following.close();
  };
  return { stop: () => (stopped ??= stop()) };
}
