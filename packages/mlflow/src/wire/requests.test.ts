import { describe, expect, it } from "vitest";
import { MlflowError } from "../errors.ts";
import { readQuery } from "../json-rules.ts";
import { readArtifactPath, readListArtifacts } from "./artifact-requests.ts";
import {
  SEARCH_EXPERIMENTS_LISTS,
  readCreateExperiment,
  readDeleteExperimentTag,
  readExperimentId,
  readExperimentName,
  readSearchExperiments,
  readSetExperimentTag,
  readUpdateExperiment,
} from "./experiment-requests.ts";
import { optionalBoolean } from "./fields.ts";
import { readLogInputs, readLogOutputs } from "./input-requests.ts";
import {
  BULK_HISTORY_LISTS,
  BULK_INTERVAL_LISTS,
  readBulkHistory,
  readBulkInterval,
  readMetricHistory,
} from "./metric-requests.ts";
import {
  readCreateRun,
  readDeleteTag,
  readLogBatch,
  readLogMetric,
  readLogParam,
  readRunId,
  readSearchRuns,
  readSetTag,
  readUpdateRun,
} from "./run-requests.ts";

const runId = "0".repeat(32);
const point = { run_id: runId, key: "loss", value: 0.5, timestamp: 1, step: 2 };

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof MlflowError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

describe("experiment requests", () => {
  it("are read into their fields", () => {
    const tags = [{ key: "a", value: "b" }, { key: "c" }];
    expect(readCreateExperiment({ name: "n", artifact_location: "", tags, extra: 1 })).toEqual({
      name: "n",
      artifactLocation: undefined,
      tags: [
        { key: "a", value: "b" },
        { key: "c", value: "" },
      ],
    });
    expect(readExperimentId({ experiment_id: "7" })).toEqual({ experimentId: "7" });
    expect(readExperimentName({ experiment_name: "n" })).toEqual({ name: "n" });
    expect(readUpdateExperiment({ experiment_id: "7", new_name: "m" }).newName).toBe("m");
    expect(readSetExperimentTag({ experiment_id: "7", key: "k", value: "v" }).tag.value).toBe("v");
    expect(readDeleteExperimentTag({ experiment_id: "7", key: "k" }).key).toBe("k");
  });

  it("say what is missing or wrong in the protocol's words", () => {
    const docs = "See the API docs for more information about request parameters.";
    expect(refusal(() => readCreateExperiment({}))).toBe(
      `INVALID_PARAMETER_VALUE: Missing value for required parameter 'name'. ${docs}`,
    );
    expect(refusal(() => readCreateExperiment({ name: "" }))).toContain("Missing value");
    expect(refusal(() => readCreateExperiment({ name: 123 }))).toBe(
      "INVALID_PARAMETER_VALUE: Invalid value 123 for parameter 'name' supplied: " +
        ` Hint: Value was of type 'int'. ${docs}`,
    );
    expect(refusal(() => readCreateExperiment({ name: "n", tags: "x" }))).toContain(
      "Invalid value \"x\" for parameter 'tags' supplied",
    );
    expect(refusal(() => readCreateExperiment({ name: "n", tags: [{ value: "v" }] }))).toContain(
      "Missing value for required parameter 'tags[0].key'",
    );
    expect(refusal(() => readCreateExperiment({ name: "a\0b" }))).toContain("NUL");
    expect(refusal(() => readUpdateExperiment({ experiment_id: "1" }))).toContain("'new_name'");
  });

  it("search needs a page size, from a body or a query", () => {
    const query = { max_results: "10", order_by: "name DESC", view_type: "ALL" };
    expect(readSearchExperiments(readQuery(query, SEARCH_EXPERIMENTS_LISTS))).toEqual({
      viewType: "ALL",
      maxResults: 10,
      filter: "",
      orderBy: ["name DESC"],
      pageToken: undefined,
    });
    expect(readSearchExperiments({ max_results: 1, view_type: 2 }).viewType).toBe("DELETED_ONLY");
    expect(refusal(() => readSearchExperiments({}))).toContain("It must be a positive integer");
    expect(refusal(() => readSearchExperiments({ max_results: 50_001 }))).toContain(
      "at most 50000",
    );
    expect(refusal(() => readSearchExperiments({ max_results: 1, view_type: "SOME" }))).toContain(
      "for parameter 'view_type' supplied",
    );
  });
});

describe("run requests", () => {
  it("carry the run as run_id or run_uuid", () => {
    expect(readRunId({ run_id: runId })).toBe(runId);
    expect(readRunId({ run_uuid: runId })).toBe(runId);
    expect(readRunId({ run_id: "", run_uuid: runId })).toBe(runId);
    for (const fields of [{}, { run_id: "" }, { run_uuid: "" }, { run_id: null }]) {
      expect(refusal(() => readRunId(fields))).toContain("required parameter 'run_id'");
    }
  });

  it("are read into their fields", () => {
    expect(readCreateRun({ experiment_id: "0", start_time: "17", run_name: "n" })).toEqual({
      experimentId: "0",
      userId: "",
      runName: "n",
      startTime: 17,
      tags: [],
    });
    expect(readUpdateRun({ run_id: runId, status: "FINISHED", end_time: 9 })).toEqual({
      runId,
      status: "FINISHED",
      endTime: 9,
      runName: undefined,
    });
    expect(readUpdateRun({ run_id: runId, status: 5 }).status).toBe("KILLED");
    expect(readLogParam({ run_id: runId, key: "k" }).param).toEqual({ key: "k", value: "" });
    expect(readSetTag({ run_id: runId, key: "k", value: "v" }).tag).toEqual({
      key: "k",
      value: "v",
    });
    expect(readDeleteTag({ run_id: runId, key: "k" }).key).toBe("k");
  });

  it("log metrics with what they were measured on, and NaN", () => {
    const extra = { value: "NaN", model_id: "m-1", dataset_name: "d", dataset_digest: "" };
    expect(readLogMetric({ ...point, ...extra }).metric).toEqual({
      key: "loss",
      value: Number.NaN,
      timestamp: 1,
      step: 2,
      modelId: "m-1",
      datasetName: "d",
    });
    expect(readLogMetric({ ...point, step: undefined }).metric.step).toBe(0);
    for (const [field, value] of [
      ["value", "foo"],
      ["timestamp", "foo"],
      ["step", 1.5],
      ["key", 1],
    ] as const) {
      expect(refusal(() => readLogMetric({ ...point, [field]: value }))).toContain(
        `Invalid value ${JSON.stringify(value)} for parameter '${field}' supplied`,
      );
    }
    for (const field of ["run_id", "key", "value", "timestamp"]) {
      expect(refusal(() => readLogMetric({ ...point, [field]: undefined }))).toContain(
        `Missing value for required parameter '${field}'`,
      );
    }
  });

  it("log batches, naming the item that is wrong", () => {
    const batch = { run_id: runId, metrics: [point], params: [{ key: "p", value: "1" }], tags: [] };
    expect(readLogBatch(batch)).toEqual({
      runId,
      metrics: [{ key: "loss", value: 0.5, timestamp: 1, step: 2 }],
      params: [{ key: "p", value: "1" }],
      tags: [],
    });
    expect(readLogBatch({ run_id: runId })).toMatchObject({ metrics: [], params: [], tags: [] });
    const second = [point, { ...point, timestamp: null }];
    expect(refusal(() => readLogBatch({ ...batch, metrics: second }))).toContain(
      "Missing value for required parameter 'metrics[1].timestamp'",
    );
    expect(refusal(() => readLogBatch({ ...batch, params: [{ value: "1" }] }))).toContain(
      "'params[0].key'",
    );
    expect(refusal(() => readLogBatch({ ...batch, tags: "foo" }))).toContain(
      "Invalid value \"foo\" for parameter 'tags' supplied",
    );
    expect(refusal(() => readLogBatch({ ...batch, tags: [1] }))).toContain("'tags[0]'");
  });

  it("search with defaults", () => {
    expect(readSearchRuns({ experiment_ids: ["0"] })).toEqual({
      experimentIds: ["0"],
      filter: "",
      viewType: "ACTIVE_ONLY",
      maxResults: 1000,
      orderBy: [],
      pageToken: undefined,
    });
    expect(refusal(() => readSearchRuns({ max_results: 123_456_789 }))).toContain(
      "Invalid value 123456789 for parameter 'max_results' supplied",
    );
    expect(refusal(() => readSearchRuns({ max_results: 0 }))).toContain("positive integer");
    expect(refusal(() => readSearchRuns({ experiment_ids: "0" }))).toContain("'experiment_ids'");
    expect(refusal(() => readSearchRuns({ order_by: [1] }))).toContain("'order_by[0]'");
  });
});

describe("metric requests", () => {
  it("of one history have a bounded page", () => {
    const history = { run_id: runId, metric_key: "loss" };
    expect(readMetricHistory(history).maxResults).toBe(25_000);
    expect(readMetricHistory({ ...history, max_results: "99999" }).maxResults).toBe(25_000);
    expect(readMetricHistory({ ...history, max_results: 7 }).maxResults).toBe(7);
    expect(refusal(() => readMetricHistory({ ...history, max_results: 0 }))).toContain(
      "It must be a positive integer.",
    );
    expect(refusal(() => readMetricHistory({ run_id: runId }))).toContain("'metric_key'");
  });

  it("of several histories in an interval want both ends", () => {
    const query = { run_ids: runId, metric_key: "loss", start_step: "1", end_step: "9" };
    const fields = readQuery(query, BULK_INTERVAL_LISTS);
    expect(readBulkInterval(fields)).toEqual({
      runIds: [runId],
      key: "loss",
      steps: { from: 1, to: 9 },
      maxResults: 2500,
    });
    const wrong = (change: object): string =>
      refusal(() => readBulkInterval({ ...fields, ...change }));
    expect(wrong({ end_step: undefined })).toContain("both must be specified");
    expect(wrong({ end_step: "0" })).toContain("Found start_step=1 and end_step=0.");
    expect(wrong({ max_results: 2501 })).toContain("max_results must be between 1 and 2500.");
    expect(wrong({ run_ids: [] })).toContain("'run_ids'");
    expect(wrong({ run_ids: Array(101).fill("a") })).toContain("at most 100 run_ids. Received 101");
  });

  it("of several histories in bulk name what they lack", () => {
    const fields = readQuery({ run_id: ["a", "b"], metric_key: "loss" }, BULK_HISTORY_LISTS);
    expect(readBulkHistory(fields)).toEqual({
      runIds: ["a", "b"],
      key: "loss",
      maxResults: 25_000,
    });
    expect(refusal(() => readBulkHistory({}))).toContain("must specify at least one run_id.");
    expect(refusal(() => readBulkHistory({ run_id: ["a"] }))).toContain(
      "must specify a metric_key.",
    );
    expect(refusal(() => readBulkHistory({ run_id: Array(101).fill("a") }))).toContain(
      "Received 101",
    );
  });
});

describe("input and output requests", () => {
  const dataset = { name: "n", digest: "d", source_type: "local", source: "s" };

  it("are read with their tags", () => {
    const datasets = [{ dataset, tags: [{ key: "mlflow.data.context", value: "train" }] }];
    const fields = { run_id: runId, datasets, models: [{ model_id: "m-1" }] };
    expect(readLogInputs(fields)).toEqual({
      runId,
      datasets: [
        {
          name: "n",
          digest: "d",
          sourceType: "local",
          source: "s",
          tags: [{ key: "mlflow.data.context", value: "train" }],
        },
      ],
      modelIds: ["m-1"],
    });
    expect(
      readLogOutputs({ run_id: runId, models: [{ model_id: "m", step: "3" }] }).models,
    ).toEqual([{ modelId: "m", step: 3 }]);
  });

  it("say what is missing or too long", () => {
    const log = (one: object): string =>
      refusal(() => readLogInputs({ run_id: runId, datasets: [one] }));
    expect(log({})).toContain("'datasets[0].dataset'");
    expect(log({ dataset: { ...dataset, name: undefined } })).toContain(
      "'datasets[0].dataset.name'",
    );
    expect(log({ dataset: { ...dataset, digest: "x".repeat(37) } })).toContain("length of 36");
    expect(log({ dataset, tags: [{ key: "k" }] })).toContain("'datasets[0].tags[0].value'");
    expect(refusal(() => readLogOutputs({ run_id: runId }))).toContain("'models'");
  });
});

describe("artifact paths", () => {
  it("are put in their plain form", () => {
    expect(readArtifactPath("a/b.txt")).toBe("a/b.txt");
    expect(readArtifactPath("./a//b/")).toBe("a/b");
    expect(readArtifactPath("100%")).toBe("100%");
    expect(readArtifactPath("a%20b/%zz")).toBe("a%20b/%zz");
    expect(readArtifactPath("a%2520b")).toBe("a%2520b");
    expect(readArtifactPath("a b/é..c")).toBe("a b/é..c");
    expect(readListArtifacts({ run_id: runId })).toEqual({ runId, path: "", pageToken: undefined });
  });

  it("never lead out of the run", () => {
    const paths = [
      "..",
      "a/../b",
      "/a",
      "%2e%2e/a",
      "%252e%252e/a",
      "a\\b",
      "C:/a",
      "a\0b",
      "a%00b",
      "%2fa",
      "%zz/%2e%2e/a",
      "a/%2e./b",
      "a#b",
    ];
    expect(paths.map((path) => refusal(() => readArtifactPath(path)))).toEqual(
      paths.map(() => "INVALID_PARAMETER_VALUE: Invalid path"),
    );
    expect(refusal(() => readArtifactPath(`%${"25".repeat(12)}2e`))).toContain("Invalid path");
  });
});

describe("booleans", () => {
  it("come as such, or as the client's query writes them", () => {
    expect(optionalBoolean({ a: true }, "a")).toBe(true);
    expect(optionalBoolean({ a: "False" }, "a")).toBe(false);
    expect(optionalBoolean({}, "a")).toBeUndefined();
    expect(refusal(() => optionalBoolean({ a: 1 }, "a"))).toContain("Invalid value 1");
  });
});
