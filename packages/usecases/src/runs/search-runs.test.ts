import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { compact } from "@tessera/metrics/compact";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../platform/platform.ts";
import { startTestPlatform, type TestPlatform } from "../testing/test-platform.ts";
import { createExperiment } from "../tracking/create-experiment.ts";
import { createRun } from "../tracking/create-run.ts";
import { logBatch } from "../tracking/log-batch.ts";
import { searchRuns } from "./search-runs.ts";

let platform: TestPlatform;
let ctx: Context;
let project: string;

interface Example {
  readonly lr?: string;
  readonly losses?: readonly number[];
  readonly seconds?: number;
  readonly experiment?: string;
}

/** Names in the order in which they began, the newest first. */
const examples: Record<string, Example> = {
  a: { lr: "10", losses: [5, 1, 3], seconds: 30 },
  b: { lr: "9.5", losses: [4, 2], seconds: 200, experiment: "1" },
  c: { lr: "1e-3", losses: [Number.NaN], seconds: 4 },
  d: { lr: "none" },
  e: {},
  f: { lr: "-2", losses: [9, 0.5, 6], seconds: 4 },
  g: { lr: "1e9999" },
};

async function addRun([name, example]: [string, Example], index: number) {
  const { lr, losses = [], seconds, experiment = "0" } = example;
  const run = await createRun(ctx, {
    project,
    experimentId: experiment,
    userId: "ada",
    runName: name,
    startTime: 1_000_000 - index,
    tags: [],
  });
  const batch = {
    runId: run.id,
    metrics: losses.map((value, step) => ({ key: "val/loss", value, timestamp: step, step })),
    params: lr === undefined ? [] : [{ key: "lr", value: lr }],
    tags: [],
  };
  await logBatch(ctx, { project, batch });
  if (seconds === undefined) return;
  await ctx.db.pool.query("UPDATE run SET end_time = start_time + $2 WHERE id = $1", [
    run.id,
    seconds * 1000,
  ]);
}

beforeAll(async () => {
  platform = await startTestPlatform({ blobs: createMemoryBlobStore() });
  const owner = await platform.createPerson();
  ctx = owner;
  project = (await platform.createProject([[owner, "owner"]])).slug;
  await createExperiment(ctx, { project, name: "Another" });
  for (const [index, example] of Object.entries(examples).entries()) await addRun(example, index);
});

afterAll(async () => platform?.close());

/** Names in order, read in pages of three. */
async function inOrder(...orderBy: string[]): Promise<string> {
  let names = "";
  let pageToken: string | undefined;
  do {
    const query = {
      orderBy,
      view: "active" as const,
      limit: 3,
      ...(pageToken === undefined ? {} : { pageToken }),
    };
    const page = await searchRuns(ctx, { project, query });
    names += page.items.map((run) => run.name).join("");
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return names;
}

describe("the order of a table", () => {
  it("takes params that are numbers for numbers, words after them, runs without one last", async () => {
    // What no number can hold is a word.
    expect(await inOrder("params.lr ASC")).toBe("fcbagde");
    expect(await inOrder("params.lr DESC")).toBe("abcfdge");
  });

  it("knows how long runs took, those that did not end last", async () => {
    expect(await inOrder("attributes.duration")).toBe("cfabdeg");
    expect(await inOrder("attributes.duration DESC", "attributes.run_name DESC")).toBe("bafcged");
  });

  it("orders by the experiment's name", async () => {
    expect(await inOrder("attributes.experiment_name ASC")).toBe("bacdefg");
  });

  it.each([false, true])("orders by a metric's extremes (compacted: %s)", async (compacted) => {
    if (compacted) await compact(ctx.db.pool, { everything: true });
    expect(await inOrder("min(metrics.`val/loss`) ASC")).toBe("fabcdeg");
    expect(await inOrder("MAX( metrics.`val/loss` ) desc")).toBe("fabcdeg");
    expect(await inOrder("metrics.`val/loss` ASC")).toBe("bafcdeg");
  });

  it.each([
    "attributes.length",
    "min(params.lr)",
    "min(metrics.loss",
    "mean(metrics.loss)",
    "min(metrics.loss) SIDEWAYS",
  ])("refuses %s", async (clause) => {
    await expect(inOrder(clause)).rejects.toThrow(/order|key|parsed|Invalid/i);
  });

  it("refuses a field named twice, but not its latest and its least", async () => {
    await expect(inOrder("params.lr", "params.lr DESC")).rejects.toThrow(/same twice/);
    await expect(inOrder("metrics.x", "min(metrics.x)")).resolves.toHaveLength(7);
  });
});
