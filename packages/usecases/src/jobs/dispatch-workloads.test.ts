import { newId } from "@tessera/kit/ids";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordClone, recordCloneFailure } from "../code/clone-steps.ts";
import { cloneSnapshot } from "../code/clone-snapshot.ts";
import { recordBuildStep } from "../environments/build-steps.ts";
import { putEnvironment } from "../environments/put-environment.ts";
import { type JobStage, startJobStage } from "../testing/job-stage.ts";
import { getQueue } from "./get-queue.ts";
import { listNodeAttempts } from "./list-node-attempts.ts";

let stage: JobStage;

beforeAll(async () => {
  stage = await startJobStage();
});

beforeEach(async () => {
  await stage.clear();
  stage.clock.advance(60_000);
  await stage.beat();
});

afterAll(async () => stage?.close());

async function statesOf(ids: readonly string[]): Promise<string[]> {
  return Promise.all(ids.map(async (id) => (await stage.get(id)).state));
}

/** Many waiting jobs at once, without their submission. */
async function queueMany(like: string, count: number): Promise<void> {
  await stage.test.platform.db.pool.query(
    `INSERT INTO workload (id, project_id, kind, name, state, command, experiment_id, tier_name,
                           cpus, memory_mb, gpus, price_per_hour, submitted_by, created_at)
     SELECT replace(gen_random_uuid()::text, '-', ''), project_id, kind, 'many-' || n, 'queued',
            command, experiment_id, tier_name, cpus, memory_mb, gpus, 0, 'Ada', created_at
     FROM workload, generate_series(1, $2) AS n WHERE id = $1`,
    [like, count],
  );
}

describe("a pass", () => {
  test("places by priority, then by age, and tells the others why they wait", async () => {
    const low = await stage.submit({ tier: "large", priority: -1, name: "low" });
    const first = await stage.submit({ tier: "large", name: "first" });
    const second = await stage.submit({ tier: "large", name: "second" });
    const high = await stage.submit({ tier: "large", priority: 5, name: "high" });
    const ids = [high.id, first.id, second.id, low.id];
    for (const id of ids) {
      expect(await stage.dispatch()).toMatchObject({ placed: 1 });
      expect(await stage.get(id)).toMatchObject({ state: "starting", reason: null });
      const name = (await stage.get(id)).name;
      for (const later of ids.slice(ids.indexOf(id) + 1)) {
        expect((await stage.get(later)).reason).toBe(
          `waiting for 4 CPUs: 4 of 4 in use by ${name}`,
        );
      }
      await stage.end(await stage.attempt(id));
    }
  });

  test("gives each its own GPUs and says who has them", async () => {
    await stage.beat(stage.node, { gpus: 2 });
    const jobs = [];
    for (const name of ["a", "b", "c"]) jobs.push(await stage.submit({ tier: "gpu", name }));
    await stage.dispatch();
    const after = await Promise.all(jobs.map(({ id }) => stage.get(id)));
    expect(after.map((job) => job.attempts[0]?.gpuIndexes)).toEqual([[0], [1], undefined]);
    expect(after[2]).toMatchObject({
      state: "queued",
      reason: "waiting for 1 GPU: 2 of 2 in use by a and b",
    });
    const queue = await getQueue(stage.person);
    const here = queue.nodes.find((node) => node.gpus.length === 2);
    expect(here).toMatchObject({ cpusUsed: 2, gpus: [{ usedBy: after[0]?.id }, { busy: true }] });
    expect(queue.waiting).toMatchObject([{ name: "c", position: 1 }]);
  });

  test("looks past any number of jobs that cannot be placed", async () => {
    const stuck = await stage.submit({ tier: "gpu", priority: 1 });
    await queueMany(stuck.id, 1500);
    const { id } = await stage.submit();
    expect(await stage.dispatch()).toMatchObject({ placed: 1 });
    expect(await statesOf([id, stuck.id])).toEqual(["starting", "queued"]);
  });

  test("places hundreds at once, each once, however many passes run", async () => {
    const like = await stage.submit({ tier: "tiny" });
    await queueMany(like.id, 350);
    const results = await Promise.all([1, 2, 3].map(() => stage.dispatch()));
    expect(results.reduce((sum, { placed }) => sum + placed, 0)).toBe(351);
    const attempts = await listNodeAttempts(stage.system, stage.node);
    expect(new Set(attempts.map((each) => each.workloadId)).size).toBe(351);
    expect(attempts).toHaveLength(351);
  });

  test("explains the first of a long queue, and counts for the others", async () => {
    const large = await stage.submit({ tier: "large", name: "large" });
    await stage.dispatch();
    const like = await stage.submit({ tier: "small" });
    await queueMany(like.id, 300);
    const last = await stage.submit({ tier: "small" });
    await stage.dispatch();
    expect(await stage.get(like.id)).toMatchObject({
      reason: "waiting for 1 CPU: 4 of 4 in use by large",
    });
    expect(await stage.get(last.id)).toMatchObject({
      reason: "waiting its turn: 301 jobs before it",
      position: 302,
    });
    await stage.end(await stage.attempt(large.id));
  });

  test("gives nothing to a machine that is silent", async () => {
    const { id } = await stage.submit();
    stage.clock.advance(31_000);
    expect(await stage.dispatch()).toMatchObject({ placed: 0 });
    expect(await stage.get(id)).toMatchObject({
      reason: "waiting for a machine: no worker is connected",
    });
    const other = newId();
    await stage.beat(other);
    expect(await stage.dispatch()).toMatchObject({ placed: 1 });
    await stage.attempt(id, other);
  });

  test("tells what no machine has", async () => {
    const { id } = await stage.submit({ tier: "gpu" });
    await stage.dispatch();
    expect(await stage.get(id)).toMatchObject({
      reason: "no connected machine has 1 GPU (the largest machine has 0)",
    });
  });
});

describe("a job whose environment is not there", () => {
  async function environment(name: string): Promise<string> {
    const source = { kind: "python", requirements: "numpy" } as const;
    const { latest } = await putEnvironment(stage.person, {
      project: stage.project,
      name,
      source,
    });
    return latest.id;
  }

  test("waits for its build, saying so, and then goes on", async () => {
    const revision = await environment("slow");
    const { id } = await stage.submit({ environment: "slow" });
    const other = await stage.submit();
    expect(await stage.dispatch()).toMatchObject({ placed: 1 });
    expect(await stage.get(other.id)).toMatchObject({ state: "starting" });
    const reason = "waiting for environment slow@1 to be built";
    expect(await stage.get(id)).toMatchObject({ state: "queued", reason });
    await recordBuildStep(stage.system, revision, { state: "ready", lock: "", lockDigest: "0" });
    expect(await stage.dispatch()).toMatchObject({ placed: 1 });
  });

  test("fails with it, in words", async () => {
    const revision = await environment("broken");
    const jobs = await Promise.all(
      Array.from({ length: 30 }, () => stage.submit({ environment: "broken" })),
    );
    const error = "No matching distribution found for nump";
    await recordBuildStep(stage.system, revision, { state: "failed", error });
    await stage.dispatch();
    const reason = `environment broken@1 could not be built: ${error}`;
    for (const { id } of jobs) {
      expect(await stage.get(id)).toMatchObject({ state: "failed", reason, attempts: [] });
    }
    const late = await stage.submit({ environment: "broken" });
    await stage.dispatch();
    expect(await stage.get(late.id)).toMatchObject({ state: "failed", reason });
  });

  test("is not held up by a builder that comes to itself after the end", async () => {
    const revision = await environment("twice");
    await recordBuildStep(stage.system, revision, { state: "ready", lock: "", lockDigest: "0" });
    await recordBuildStep(stage.system, revision, { state: "building" });
    await recordBuildStep(stage.system, revision, { state: "failed", error: "stopped" });
    await stage.submit({ environment: "twice@1" });
    expect(await stage.dispatch()).toMatchObject({ placed: 1 });
  });
});

describe("a job whose code is not there", () => {
  const clone = { url: "https://example.com/x.git", commit: "main" };

  test("waits for it, and then goes on", async () => {
    const snapshot = await cloneSnapshot(stage.person, { project: stage.project, clone });
    const { id } = await stage.submit({ snapshotId: snapshot.id });
    await stage.dispatch();
    const reason = "waiting for the code to be fetched";
    expect(await stage.get(id)).toMatchObject({ state: "queued", reason });
    const commit = "a".repeat(40);
    await recordClone(stage.system, { id: snapshot.id, commit, branch: "main", files: [] });
    expect(await stage.dispatch()).toMatchObject({ placed: 1 });
  });

  test("fails with it, in words", async () => {
    const snapshot = await cloneSnapshot(stage.person, { project: stage.project, clone });
    const { id } = await stage.submit({ snapshotId: snapshot.id });
    const error = "fatal: repository not found";
    await recordCloneFailure(stage.system, { id: snapshot.id, error });
    await stage.dispatch();
    expect(await stage.get(id)).toMatchObject({
      state: "failed",
      reason: `the code could not be fetched: ${error}`,
    });
    const late = stage.submit({ snapshotId: snapshot.id });
    await expect(late).rejects.toMatchObject({ code: "failed_precondition" });
  });
});
