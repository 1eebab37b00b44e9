import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "../platform/platform.ts";
import { startTestPlatform, type TestPlatform } from "../testing/test-platform.ts";
import { logParam, setRunTag, updateRunInfo } from "./change-run.ts";
import { createRun } from "./create-run.ts";
import { findRun } from "./find-run.ts";
import { loadRun } from "./load-runs.ts";
import { logBatch } from "./log-batch.ts";
import { logMetric } from "./log-metric.ts";

let platform: TestPlatform;
let ctx: Context;
let project: { id: string; slug: string };

beforeAll(async () => {
  platform = await startTestPlatform({ blobs: createMemoryBlobStore() });
  const owner = await platform.createPerson();
  ctx = owner;
  project = await platform.createProject([[owner, "owner"]]);
});

afterAll(async () => platform?.close());

async function newRun(): Promise<string> {
  const run = await createRun(ctx, {
    project: project.slug,
    experimentId: undefined,
    userId: "",
    runName: undefined,
    startTime: undefined,
    tags: [],
  });
  return run.id;
}

async function readRun(id: string) {
  return loadRun(ctx, await findRun(ctx, project.id, id));
}

const pairs = (prefix: string, count: number, backwards: boolean) => {
  const all = Array.from({ length: count }, (_, i) => ({ key: `${prefix}${i}`, value: "same" }));
  return backwards ? all.toReversed() : all;
};

test("many writers of one run, each in its own order, neither wait for ever nor lose anything", async () => {
  const runId = await newRun();
  const write = (writer: number) =>
    logBatch(ctx, {
      project: project.slug,
      batch: {
        runId,
        metrics: Array.from({ length: 50 }, (_, i) => ({
          key: `m${writer % 2 === 0 ? i : 49 - i}`,
          value: writer,
          timestamp: 1000 + writer,
          step: writer,
        })),
        params: pairs("p", 50, writer % 2 === 0),
        tags: [...pairs("t", 50, writer % 2 === 1), { key: "mlflow.runName", value: `w${writer}` }],
      },
    });
  const writers = Array.from({ length: 40 }, (_, index) => index);
  await Promise.all(
    writers.flatMap((writer) => [
      write(writer),
      updateRunInfo(ctx, {
        project: project.slug,
        update: { runId, status: "RUNNING", endTime: undefined, runName: `u${writer}` },
      }),
      setRunTag(ctx, { project: project.slug, runId, tag: { key: "t7", value: "same" } }),
      logMetric(ctx, {
        project: project.slug,
        runId,
        metric: { key: "m7", value: writer, timestamp: 1, step: 0 },
      }),
    ]),
  );
  const run = await readRun(runId);
  expect(run.params).toHaveLength(50);
  expect(run.tags).toHaveLength(51);
  expect(run.tags.find((tag) => tag.key === "mlflow.runName")?.value).toBe(run.name);
  expect(run.metrics).toHaveLength(50);
  expect(new Set(run.metrics.map(({ value, step }) => `${value} ${step}`))).toEqual(
    new Set(["39 39"]),
  );
}, 60_000);

test("of two that give a param at once, one alone is told that it came too late", async () => {
  for (let round = 0; round < 10; round++) {
    const runId = await newRun();
    const answers = await Promise.allSettled(
      ["a", "b", "c", "d"].map((value) =>
        logParam(ctx, { project: project.slug, runId, param: { key: "p", value } }),
      ),
    );
    const { params } = await readRun(runId);
    expect(params).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
  }
});

test("a batch that is refused leaves nothing, and one sent again changes nothing", async () => {
  const runId = await newRun();
  const metrics = [{ key: "m", value: 1, timestamp: 1, step: 0 }];
  const batch = { runId, metrics, params: [{ key: "p", value: "1" }], tags: [] };
  const { slug } = project;
  await logBatch(ctx, { project: slug, batch });
  await logBatch(ctx, { project: slug, batch });
  const before = await readRun(runId);
  const refused = {
    ...batch,
    metrics: [{ key: "n", value: 1, timestamp: 1, step: 0 }],
    params: [
      { key: "q", value: "x" },
      { key: "p", value: "2" },
    ],
  };
  await expect(logBatch(ctx, { project: slug, batch: refused })).rejects.toThrow(/'p'/);
  expect(await readRun(runId)).toEqual(before);
});
