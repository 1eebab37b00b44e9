import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { compact } from "@tessera/metrics/compact";
import { parseFilter } from "@tessera/mlflow/filter-grammar";
import { parseOrderBy } from "@tessera/mlflow/order-by";
import type { ViewType } from "@tessera/mlflow/wire/enums";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../platform/platform.ts";
import { inOrder, matches, type ModelRun } from "../testing/run-search-model.ts";
import { startTestPlatform, type TestPlatform } from "../testing/test-platform.ts";
import { createExperiment } from "./create-experiment.ts";
import { createRun } from "./create-run.ts";
import { logBatch } from "./log-batch.ts";
import { logInputs } from "./log-inputs.ts";
import { searchTrackedRuns } from "./search-runs.ts";

let platform: TestPlatform;
let ctx: Context;
let project: string;
let runs: ModelRun[];

const experiments = ["0", "1", "2"];
const texts = ["", "a", "A", "ab", "a_b", "a%b", "é", "É", "it's", "a\\b", "z", "😀x"];
const numbers = [0, -0, 1, -1, 1.5, 1e300, Number.NaN, Infinity, -Infinity, 0.1, 1 / 3];
const metricKeys = ["loss", "m/a b", "ünï"];
const pairKeys = ["model", "opt.name", "spa ce"];
const statuses = ["RUNNING", "FINISHED", "FAILED", "KILLED", "SCHEDULED"];

/** Numbers from a seed, so that a failure can be had again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = seeded(20_26);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const some = <T>(keys: readonly string[], value: () => T): Record<string, T> =>
  Object.fromEntries(keys.filter(() => random() < 0.6).map((key) => [key, value()]));

async function writeRun(index: number): Promise<ModelRun> {
  const experiment = pick(experiments);
  const name = pick(texts.slice(1));
  const startTime = Math.floor(random() * 20);
  const created = await createRun(ctx, {
    project,
    experimentId: experiment,
    userId: pick(["Ada", "Bob"]),
    runName: name,
    startTime,
    tags: [],
  });
  const model = {
    id: created.id,
    name,
    experiment,
    status: pick(statuses),
    userId: created.userId,
    startTime,
    endTime: random() < 0.5 ? null : Math.floor(random() * 10),
    deleted: random() < 0.15,
    metrics: some(metricKeys, () => pick(numbers)),
    params: some(pairKeys, () => pick(texts)),
    tags: { ...some(pairKeys, () => pick(texts)), "mlflow.runName": name },
    datasets: [1, 2]
      .filter(() => random() < 0.4)
      .map((each) => ({
        name: pick(["d", "D1"]),
        digest: `x${each}`,
        context: pick(["", "train"]),
      })),
  };
  const pairs = (of: Record<string, string>) =>
    Object.entries(of).map(([key, value]) => ({ key, value }));
  await logBatch(ctx, {
    project,
    batch: {
      runId: model.id,
      metrics: Object.entries(model.metrics).flatMap(([key, value]) => [
        { key, value: 7, timestamp: 1, step: 0 },
        { key, value, timestamp: 0, step: 1 },
      ]),
      params: pairs(model.params),
      tags: pairs(model.tags),
    },
  });
  await logInputs(ctx, {
    project,
    request: {
      runId: model.id,
      modelIds: [],
      datasets: model.datasets.map(({ name: dataset, digest, context }) => ({
        name: dataset,
        digest,
        sourceType: "local",
        source: "s",
        tags: context === "" ? [] : [{ key: "mlflow.data.context", value: context }],
      })),
    },
  });
  await ctx.db.pool.query("UPDATE run SET status = $2, end_time = $3, deleted = $4 WHERE id = $1", [
    model.id,
    model.status,
    model.endTime,
    model.deleted,
  ]);
  // Series of some are compacted, those of others still pending.
  if (index === 50) await compact(ctx.db.pool, { everything: true });
  return model;
}

beforeAll(async () => {
  platform = await startTestPlatform({ blobs: createMemoryBlobStore() });
  const owner = await platform.createPerson();
  ctx = owner;
  project = (await platform.createProject([[owner, "owner"]])).slug;
  for (const name of ["one", "two"]) await createExperiment(ctx, { project, name });
  runs = [];
  for (let index = 0; index < 90; index++) runs.push(await writeRun(index));
});

afterAll(async () => platform?.close());

interface Search {
  readonly filter: string;
  readonly orderBy: readonly string[];
  readonly experimentIds: readonly string[] | undefined;
  readonly viewType: ViewType;
  readonly pageSize: number;
}

/** Ids of all pages in their order. */
async function search({ pageSize, ...query }: Search): Promise<string[]> {
  const ids: string[] = [];
  let pageToken: string | undefined;
  do {
    const page = await searchTrackedRuns(ctx, {
      project,
      ...query,
      maxResults: pageSize,
      pageToken,
    });
    expect(page.runs.length).toBeLessThanOrEqual(pageSize);
    ids.push(...page.runs.map((run) => run.id));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return ids;
}

function expected({ filter, orderBy, experimentIds, viewType }: Search): string[] {
  const conditions = parseFilter("runs", filter);
  const found = runs.filter(
    (run) =>
      (experimentIds === undefined || experimentIds.includes(run.experiment)) &&
      (viewType === "ALL" || run.deleted === (viewType === "DELETED_ONLY")) &&
      matches(run, conditions),
  );
  return inOrder(found, parseOrderBy("runs", orderBy)).map((run) => run.id);
}

const quoted = (text: string): string => (text.includes("'") ? `"${text}"` : `'${text}'`);
const operator = fc.constantFrom("=", "!=", ">", ">=", "<", "<=");
const textOperator = fc.constantFrom("=", "!=", "LIKE", "ILIKE");
const text = fc.oneof(
  fc.constantFrom(...texts.filter((each) => each !== "")),
  fc.constantFrom("%", "a%", "_", "%b", "a_b", "%é", "__", "A%"),
);
const finite = fc.constantFrom("0", "1", "-1", "1.5", "0.1", "1e300", "-2e5", "7");

const condition = fc.oneof(
  fc
    .tuple(fc.constantFrom(...metricKeys, "absent"), operator, finite)
    .map(([key, sign, value]) => `metrics.\`${key}\` ${sign} ${value}`),
  fc
    .tuple(
      fc.constantFrom("params", "tags"),
      fc.constantFrom(...pairKeys, "absent"),
      textOperator,
      text,
    )
    .map(([entity, key, sign, value]) => `${entity}.\`${key}\` ${sign} ${quoted(value)}`),
  fc
    .tuple(
      fc.constantFrom("params", "tags"),
      fc.constantFrom(...pairKeys),
      fc.constantFrom("IS NULL", "IS NOT NULL"),
    )
    .map(([entity, key, sign]) => `${entity}.\`${key}\` ${sign}`),
  fc
    .tuple(
      fc.constantFrom("run_name", "user_id", "status", "artifact_uri"),
      textOperator,
      fc.oneof(text, fc.constantFrom("FINISHED", "Ada")),
    )
    .map(([key, sign, value]) => `${key} ${sign} ${quoted(value)}`),
  fc
    .tuple(fc.constantFrom("start_time", "end_time"), operator, fc.integer({ min: -1, max: 20 }))
    .map(([key, sign, value]) => `attributes.${key} ${sign} ${value}`),
  fc
    .tuple(
      fc.constantFrom("name", "context"),
      fc.oneof(textOperator),
      fc.constantFrom("d", "D%", "train", "nothing"),
    )
    .map(([key, sign, value]) => `dataset.${key} ${sign} '${value}'`),
);

const clause = fc
  .tuple(
    fc.constantFrom(
      ...metricKeys.map((key) => `metrics.\`${key}\``),
      ...pairKeys.flatMap((key) => [`params.\`${key}\``, `tags.\`${key}\``]),
      "metrics.absent",
      "start_time",
      "end_time",
      "run_name",
      "status",
      "run_id",
    ),
    fc.constantFrom("", " ASC", " DESC"),
  )
  .map(([field, direction]) => ({ field, clause: `${field}${direction}` }));

const searches: fc.Arbitrary<Search> = fc.record({
  filter: fc.array(condition, { maxLength: 3 }).map((each) => each.join(" AND ")),
  orderBy: fc
    .uniqueArray(clause, { maxLength: 3, selector: (each) => each.field })
    .map((each) => each.map((order) => order.clause)),
  experimentIds: fc.option(fc.subarray([...experiments, "9"]), { nil: undefined, freq: 4 }),
  viewType: fc.constantFrom("ACTIVE_ONLY", "DELETED_ONLY", "ALL"),
  pageSize: fc.constantFrom(1, 2, 7, 30, 1000),
});

describe("search of runs", () => {
  test("finds, in whatever pages, what a look at every run finds", async () => {
    await fc.assert(
      fc.asyncProperty(searches, async (query) => {
        expect(await search(query)).toEqual(expected(query));
      }),
      { numRuns: 150, seed: 7, endOnFailure: true },
    );
  }, 120_000);

  test("finds much in most orders, so that the comparison means something", async () => {
    const whole = { filter: "", experimentIds: undefined, viewType: "ALL", pageSize: 4 } as const;
    for (const key of metricKeys) {
      for (const direction of ["ASC", "DESC"]) {
        const query = { ...whole, orderBy: [`metrics.\`${key}\` ${direction}`] };
        const found = await search(query);
        expect(found).toEqual(expected(query));
        expect(new Set(found).size).toBe(runs.length);
      }
    }
  });

  test("by run ids", async () => {
    const [one, two] = runs as [ModelRun, ModelRun];
    const query = { orderBy: [], experimentIds: undefined, viewType: "ALL", pageSize: 10 } as const;
    for (const filter of [
      `run_id IN ('${one.id}', '${two.id}')`,
      `run_id NOT IN ('${one.id}')`,
      `run_id = '${one.id}'`,
      `run_id LIKE '${one.id.slice(0, 20)}%'`,
    ]) {
      expect(await search({ ...query, filter })).toEqual(expected({ ...query, filter }));
    }
  });
});
