import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import type { EndCause, Job, SubmitJob } from "@tessera/contracts/job";
import { newId } from "@tessera/kit/ids";
import { type DispatchResult, dispatchWorkloads } from "../jobs/dispatch-workloads.ts";
import { getJob } from "../jobs/get-job.ts";
import { listNodeAttempts, type NodeAttempt } from "../jobs/list-node-attempts.ts";
import { markAttemptRunning } from "../jobs/mark-attempt-running.ts";
import { registerNode } from "../jobs/register-node.ts";
import { settleAttempt } from "../jobs/settle-attempt.ts";
import { submitJob } from "../jobs/submit-job.ts";
import type { Context, UserActor } from "../platform/platform.ts";
import { putTier } from "../tiers/put-tier.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";
import { startTestPlatform, type TestPlatform, type TestPlatformOptions } from "./test-platform.ts";

interface Node {
  readonly cpus?: number;
  readonly gpus?: number;
}

interface End {
  readonly cause?: EndCause;
  readonly exitCode?: number | null;
  readonly signal?: string | null;
  readonly detail?: string;
}

/** A platform with one person and one machine, and short words for what tests of jobs do. */
export interface JobStage {
  readonly test: TestPlatform;
  readonly clock: TestClock;
  readonly system: Context;
  readonly person: Context & { actor: UserActor };
  readonly project: string;
  readonly node: string;
  submit(job?: Partial<SubmitJob>): Promise<Job>;
  get(id: string): Promise<Job>;
  dispatch(): Promise<DispatchResult>;
  /** A machine says that it is there. */
  beat(node?: string, has?: Node): Promise<void>;
  /** The attempt of a job that is not over. */
  attempt(id: string, node?: string): Promise<NodeAttempt>;
  run(attempt: NodeAttempt): Promise<void>;
  end(attempt: NodeAttempt, end?: End): Promise<void>;
  /** Ends everything that is not over, so that the next test has the machine for itself. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Call `close` in `afterAll`. */
export async function startJobStage(
  options: Pick<TestPlatformOptions, "by"> = {},
): Promise<JobStage> {
  const clock = createTestClock();
  const test = await startTestPlatform({ blobs: createMemoryBlobStore(), clock, ...options });
  const { system } = test;
  const person = await test.createPerson({ name: "Ada" });
  const { slug: project } = await test.createProject([[person, "contributor"]]);
  const node = newId();
  const beat: JobStage["beat"] = (id = node, { cpus = 4, gpus = 0 } = {}) =>
    registerNode(system, {
      id,
      name: `machine-${id.slice(-4)}`,
      kind: "local",
      cpus,
      memoryMb: 16_000,
      gpus: Array.from({ length: gpus }, (_, index) => ({ index, name: "GPU" })),
    });
  await putTiers(system);
  await beat();
  return {
    test,
    clock,
    system,
    person,
    project,
    node,
    beat,
    submit: (job) => submitJob(person, { project, job: { command: ["true"], ...job } }),
    get: (id) => getJob(person, { project, id }),
    dispatch: () => dispatchWorkloads(system),
    attempt: async (id, on = node) => {
      const attempts = await listNodeAttempts(system, on);
      const found = attempts.find((each) => each.workloadId === id);
      if (!found) throw new Error(`${id} has no attempt there`);
      return found;
    },
    run: ({ id, workloadId }) =>
      markAttemptRunning(system, { attemptId: id, workloadId, startedAt: clock.now() }),
    end: ({ id, workloadId }, end = {}) =>
      settleAttempt(system, {
        attemptId: id,
        workloadId,
        cause: end.cause ?? "exit",
        exitCode: end.exitCode === undefined ? 0 : end.exitCode,
        signal: end.signal ?? null,
        endedAt: clock.now(),
        detail: end.detail ?? "exited with code 0",
      }),
    clear: async () => {
      const { pool } = test.platform.db;
      await pool.query("UPDATE attempt SET state = 'lost' WHERE state IN ('starting', 'running')");
      await pool.query(
        "UPDATE workload SET state = 'lost' WHERE state IN ('queued', 'starting', 'running')",
      );
    },
    close: () => test.close(),
  };
}

async function putTiers(system: Context): Promise<void> {
  const sizes = { small: 1, large: 4, tiny: 0.01 };
  for (const [name, cpus] of Object.entries(sizes)) {
    const tier = { cpus, memoryMb: 16, gpus: 0, pricePerHour: 0 };
    await putTier(system, { name, tier });
  }
  const gpu = { cpus: 1, memoryMb: 16, gpus: 1, pricePerHour: 0 };
  await putTier(system, { name: "gpu", tier: gpu });
}
