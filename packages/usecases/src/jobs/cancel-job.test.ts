import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getJobLog } from "../logs/get-job-log.ts";
import { type JobStage, startJobStage } from "../testing/job-stage.ts";
import { cancelJob } from "./cancel-job.ts";
import { listNodeAttempts } from "./list-node-attempts.ts";
import { prepareLaunch } from "./prepare-launch.ts";

let stage: JobStage;

beforeAll(async () => {
  stage = await startJobStage();
});

beforeEach(async () => {
  await stage.clear();
  await stage.beat();
});

afterAll(async () => stage?.close());

function cancel(id: string) {
  return cancelJob(stage.person, { project: stage.project, id });
}

async function audits(id: string): Promise<number> {
  const { prisma } = stage.test.platform.db;
  return prisma.auditEntry.count({ where: { action: "job.cancel", subject: id } });
}

describe("cancelling", () => {
  test("a waiting job ends it at once", async () => {
    const { id } = await stage.submit();
    const reason = "cancelled by Ada before it started";
    expect(await cancel(id)).toMatchObject({ state: "cancelled", reason, attempts: [] });
    expect(await stage.dispatch()).toMatchObject({ placed: 0 });
    const run = await stage.test.platform.db.prisma.run.findUniqueOrThrow({ where: { id } });
    expect(run.status).toBe("KILLED");
    expect(await audits(id)).toBe(1);
  });

  test("a job that waits for a retry ends it at once", async () => {
    const { id } = await stage.submit({ maxRetries: 3 });
    await stage.dispatch();
    await stage.end(await stage.attempt(id), { exitCode: 1, detail: "exited with code 1" });
    const reason = "cancelled by Ada before it was started again";
    expect(await cancel(id)).toMatchObject({ state: "cancelled", reason });
    stage.clock.advance(60_000);
    await stage.beat();
    expect(await stage.dispatch()).toMatchObject({ placed: 0 });
  });

  test("a starting job keeps it from being launched", async () => {
    const { id } = await stage.submit();
    await stage.dispatch();
    const attempt = await stage.attempt(id);
    expect(await cancel(id)).toMatchObject({ state: "starting", reason: "cancelled by Ada" });
    expect(await listNodeAttempts(stage.system, stage.node)).toMatchObject([
      { id: attempt.id, cancelRequested: true },
    ]);
    expect(await prepareLaunch(stage.system, attempt.id)).toBeNull();
    const detail = "cancelled before it started";
    await stage.end(attempt, { cause: "cancelled", exitCode: null, detail });
    expect(await stage.get(id)).toMatchObject({
      state: "cancelled",
      reason: "cancelled by Ada",
      attempts: [{ state: "cancelled", reason: detail }],
    });
  });

  test("a running job asks for its stop, and for no retry", async () => {
    const { id } = await stage.submit({ maxRetries: 3 });
    await stage.dispatch();
    const attempt = await stage.attempt(id);
    await stage.run(attempt);
    const asked = await cancel(id);
    expect(asked).toMatchObject({ state: "running", reason: "cancelled by Ada" });
    expect(asked.cancelRequestedAt).not.toBeNull();
    await stage.end(attempt, { cause: "cancelled", exitCode: 143, signal: "SIGTERM", detail: "x" });
    expect(await stage.get(id)).toMatchObject({ state: "cancelled", exitCode: 143 });
    const input = { project: stage.project, id, from: 0, limit: 10 };
    const { lines } = await getJobLog(stage.person, input);
    expect(lines.map((line) => line.text)).toEqual(["tessera: cancelled by Ada"]);
  });

  test("a job that ends by itself meanwhile leaves it finished", async () => {
    const { id } = await stage.submit();
    await stage.dispatch();
    const attempt = await stage.attempt(id);
    await stage.run(attempt);
    await cancel(id);
    await stage.end(attempt);
    expect(await stage.get(id)).toMatchObject({ state: "finished", reason: null });
  });

  test("a job that is over changes nothing, nor does cancelling again", async () => {
    const { id } = await stage.submit();
    await stage.dispatch();
    const attempt = await stage.attempt(id);
    await cancel(id);
    const asked = await cancel(id);
    expect(await audits(id)).toBe(1);
    await stage.end(attempt, { cause: "cancelled", detail: "cancelled", exitCode: null });
    expect(await cancel(id)).toMatchObject({
      state: "cancelled",
      cancelRequestedAt: asked.cancelRequestedAt,
    });
    expect(await audits(id)).toBe(1);
  });

  test("one that somebody else may not see is no job to them", async () => {
    const { id } = await stage.submit();
    const eve = await stage.test.createPerson({ name: "Eve" });
    const input = { project: stage.project, id };
    await expect(cancelJob(eve, input)).rejects.toMatchObject({ code: "not_found" });
    expect(await stage.get(id)).toMatchObject({ state: "queued" });
  });
});

test("a job that is cancelled while it is placed ends as one or the other", async () => {
  const jobs = await Promise.all(Array.from({ length: 40 }, () => stage.submit({ tier: "tiny" })));
  const dispatches = Array.from({ length: 4 }, () => stage.dispatch());
  const cancels = jobs.map(({ id }) => cancel(id));
  await Promise.all([...dispatches, ...cancels]);
  const live = await listNodeAttempts(stage.system, stage.node);
  const after = await Promise.all(jobs.map(({ id }) => stage.get(id)));
  for (const job of after) {
    const attempts = live.filter((attempt) => attempt.workloadId === job.id);
    if (job.state === "cancelled") {
      expect(attempts).toEqual([]);
      continue;
    }
    expect(job.state).toBe("starting");
    expect(attempts).toMatchObject([{ number: 1, cancelRequested: true }]);
  }
});

test("a job that is cancelled while it is settled is over, and is not started again", async () => {
  for (let round = 0; round < 10; round += 1) {
    const { id } = await stage.submit({ maxRetries: 1, tier: "tiny" });
    await stage.dispatch();
    const attempt = await stage.attempt(id);
    await stage.run(attempt);
    await Promise.all([
      cancel(id),
      stage.end(attempt, { exitCode: 1, detail: "exited with code 1" }),
    ]);
    expect(await stage.get(id)).toMatchObject({ state: "cancelled" });
  }
});
