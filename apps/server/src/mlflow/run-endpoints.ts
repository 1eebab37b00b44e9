import { readListArtifacts } from "@tessera/mlflow/wire/artifact-requests";
import { readLogInputs, readLogOutputs } from "@tessera/mlflow/wire/input-requests";
import {
  BULK_HISTORY_LISTS,
  BULK_INTERVAL_LISTS,
  readBulkHistory,
  readBulkInterval,
  readMetricHistory,
} from "@tessera/mlflow/wire/metric-requests";
import { presentArtifactList } from "@tessera/mlflow/wire/present-artifacts";
import {
  presentMetricsPage,
  presentRun,
  presentRunInfo,
  presentRunsPage,
} from "@tessera/mlflow/wire/present-run";
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
} from "@tessera/mlflow/wire/run-requests";
import { listRunArtifacts } from "@tessera/usecases/tracking/artifacts";
import {
  deleteRunTag,
  logParam,
  markRunDeleted,
  setRunTag,
  updateRunInfo,
} from "@tessera/usecases/tracking/change-run";
import { createRun } from "@tessera/usecases/tracking/create-run";
import { readableRun } from "@tessera/usecases/tracking/find-run";
import { loadRun } from "@tessera/usecases/tracking/load-runs";
import { logBatch } from "@tessera/usecases/tracking/log-batch";
import { logInputs } from "@tessera/usecases/tracking/log-inputs";
import { logOutputs } from "@tessera/usecases/tracking/log-outputs";
import { logMetric } from "@tessera/usecases/tracking/log-metric";
import { metricHistory } from "@tessera/usecases/tracking/metric-history";
import { firstHistories, sampleHistories } from "@tessera/usecases/tracking/sample-histories";
import { searchTrackedRuns } from "@tessera/usecases/tracking/search-runs";
import { get, type MlflowEndpoint, post } from "./endpoint.ts";

const writing: readonly MlflowEndpoint[] = [
  post("mlflow/runs/create", async ({ ctx, project, fields }) => {
    return { run: presentRun(await createRun(ctx, { project, ...readCreateRun(fields) })) };
  }),
  post("mlflow/runs/update", async ({ ctx, project, fields }) => {
    const run = await updateRunInfo(ctx, { project, update: readUpdateRun(fields) });
    return { run_info: presentRunInfo(run) };
  }),
  post("mlflow/runs/delete", async ({ ctx, project, fields }) => {
    await markRunDeleted(ctx, { project, runId: readRunId(fields), deleted: true });
    return {};
  }),
  post("mlflow/runs/restore", async ({ ctx, project, fields }) => {
    await markRunDeleted(ctx, { project, runId: readRunId(fields), deleted: false });
    return {};
  }),
  post("mlflow/runs/log-metric", async ({ ctx, project, fields }) => {
    await logMetric(ctx, { project, ...readLogMetric(fields) });
    return {};
  }),
  post("mlflow/runs/log-parameter", async ({ ctx, project, fields }) => {
    await logParam(ctx, { project, ...readLogParam(fields) });
    return {};
  }),
  post("mlflow/runs/set-tag", async ({ ctx, project, fields }) => {
    await setRunTag(ctx, { project, ...readSetTag(fields) });
    return {};
  }),
  post("mlflow/runs/delete-tag", async ({ ctx, project, fields }) => {
    await deleteRunTag(ctx, { project, ...readDeleteTag(fields) });
    return {};
  }),
  post("mlflow/runs/log-batch", async ({ ctx, project, fields }) => {
    await logBatch(ctx, { project, batch: readLogBatch(fields) });
    return {};
  }),
  post("mlflow/runs/log-inputs", async ({ ctx, project, fields }) => {
    await logInputs(ctx, { project, request: readLogInputs(fields) });
    return {};
  }),
  post("mlflow/runs/outputs", async ({ ctx, project, fields }) => {
    await logOutputs(ctx, { project, request: readLogOutputs(fields) });
    return {};
  }),
];

const reading: readonly MlflowEndpoint[] = [
  get("mlflow/runs/get", async ({ ctx, project, fields }) => {
    const run = await readableRun(ctx, { project, runId: readRunId(fields) });
    return { run: presentRun(await loadRun(ctx, run)) };
  }),
  post("mlflow/runs/search", async ({ ctx, project, fields }) => {
    const page = await searchTrackedRuns(ctx, { project, ...readSearchRuns(fields) });
    return presentRunsPage(page.runs, page.nextPageToken);
  }),
  get("mlflow/metrics/get-history", async ({ ctx, project, fields }) => {
    const page = await metricHistory(ctx, { project, request: readMetricHistory(fields) });
    return presentMetricsPage(page.metrics, page.nextPageToken);
  }),
  get(
    "mlflow/metrics/get-history-bulk-interval",
    async ({ ctx, project, fields }) =>
      presentMetricsPage(
        await sampleHistories(ctx, { project, request: readBulkInterval(fields) }),
      ),
    BULK_INTERVAL_LISTS,
  ),
  get(
    "mlflow/metrics/get-history-bulk",
    async ({ ctx, project, fields }) =>
      presentMetricsPage(await firstHistories(ctx, { project, request: readBulkHistory(fields) })),
    BULK_HISTORY_LISTS,
  ),
  get("mlflow/artifacts/list", async ({ ctx, project, fields }) => {
    const request = readListArtifacts(fields);
    const run = await loadRun(ctx, await readableRun(ctx, { project, runId: request.runId }));
    const entries = await listRunArtifacts(ctx, { project, ...request });
    const within = (name: string) => (request.path === "" ? name : `${request.path}/${name}`);
    return presentArtifactList(
      entries.map(({ name, directory, sizeBytes }) => ({
        path: within(name),
        isFolder: directory,
        ...(sizeBytes === null ? {} : { sizeBytes }),
      })),
      run.artifactUri,
    );
  }),
];

export const runEndpoints: readonly MlflowEndpoint[] = [...writing, ...reading];
