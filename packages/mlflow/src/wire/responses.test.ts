import { describe, expect, it } from "vitest";
import { presentArtifactList } from "./present-artifacts.ts";
import { presentExperiment, presentExperimentsPage } from "./present-experiment.ts";
import { presentMetricsPage, presentRun, presentRunInfo, presentRunsPage } from "./present-run.ts";

const info = {
  id: "a".repeat(32),
  name: "n",
  experimentId: "0",
  userId: "",
  status: "RUNNING",
  startTime: 5,
  endTime: null,
  artifactUri: "mlflow-artifacts:/0/a/artifacts",
  lifecycleStage: "active",
} as const;

// The expected JSON of runs and experiments is what the real MLflow 3.17 makes of the same data.
describe("a run's JSON", () => {
  it("is as MLflow's when there is nothing in it", () => {
    expect(presentRun({ ...info, metrics: [], params: [], tags: [] })).toEqual({
      info: {
        run_uuid: info.id,
        run_id: info.id,
        experiment_id: "0",
        run_name: "n",
        user_id: "",
        status: "RUNNING",
        start_time: 5,
        artifact_uri: "mlflow-artifacts:/0/a/artifacts",
        lifecycle_stage: "active",
      },
      data: {},
      inputs: {},
      outputs: {},
    });
    expect(presentRunInfo({ ...info, endTime: 9 }).end_time).toBe(9);
  });

  it("is as MLflow's when it is full", () => {
    const measured = { modelId: "m-1", datasetName: "d", datasetDigest: "x", runId: "r" };
    const dataset = { name: "n", digest: "d", sourceType: "st", source: "s" };
    const run = presentRun({
      ...info,
      metrics: [
        { key: "m", value: Number.NaN, timestamp: 1, step: 2 },
        { key: "k", value: Infinity, timestamp: 1, step: 0, ...measured },
      ],
      params: [
        { key: "p", value: "v" },
        { key: "e", value: "" },
      ],
      tags: [{ key: "t", value: "" }],
      datasets: [{ ...dataset, tags: [{ key: "k", value: "v" }] }],
      modelInputs: ["m-1"],
      modelOutputs: [{ modelId: "m-2", step: 3 }],
    });
    expect(run).toMatchObject({
      data: {
        metrics: [
          { key: "m", value: "NaN", timestamp: 1, step: 2 },
          {
            key: "k",
            value: "Infinity",
            timestamp: 1,
            step: 0,
            dataset_name: "d",
            dataset_digest: "x",
            model_id: "m-1",
            run_id: "r",
          },
        ],
        params: [
          { key: "p", value: "v" },
          { key: "e", value: "" },
        ],
        tags: [{ key: "t", value: "" }],
      },
      inputs: {
        dataset_inputs: [
          {
            tags: [{ key: "k", value: "v" }],
            dataset: { name: "n", digest: "d", source_type: "st", source: "s" },
          },
        ],
        model_inputs: [{ model_id: "m-1" }],
      },
      outputs: { model_outputs: [{ model_id: "m-2", step: 3 }] },
    });
  });
});

describe("an experiment's JSON", () => {
  it("is as MLflow's", () => {
    const experiment = {
      id: "0",
      name: "Default",
      artifactLocation: "x",
      lifecycleStage: "active",
      creationTime: 1,
      lastUpdateTime: 2,
      tags: [{ key: "a", value: "b" }],
    } as const;
    expect(presentExperiment(experiment)).toEqual({
      experiment_id: "0",
      name: "Default",
      artifact_location: "x",
      lifecycle_stage: "active",
      last_update_time: 2,
      creation_time: 1,
      tags: [{ key: "a", value: "b" }],
    });
    expect(presentExperiment({ ...experiment, tags: [] })).not.toHaveProperty("tags");
  });
});

describe("pages", () => {
  it("omit what they do not have", () => {
    expect(presentRunsPage([])).toEqual({});
    expect(presentExperimentsPage([], "t")).toEqual({ next_page_token: "t" });
    expect(presentMetricsPage([{ key: "m", value: 1, timestamp: 0, step: 0 }])).toEqual({
      metrics: [{ key: "m", value: 1, timestamp: 0, step: 0 }],
    });
    const files = [
      { path: "a", isFolder: true, sizeBytes: 4096 },
      { path: "b", isFolder: false, sizeBytes: 0 },
    ];
    expect(presentArtifactList(files, "mlflow-artifacts:/x")).toEqual({
      root_uri: "mlflow-artifacts:/x",
      files: [
        { path: "a", is_dir: true },
        { path: "b", is_dir: false, file_size: 0 },
      ],
    });
  });
});
