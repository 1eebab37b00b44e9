import {
  readCreateExperiment,
  readDeleteExperimentTag,
  readExperimentId,
  readExperimentName,
  readSearchExperiments,
  readSetExperimentTag,
  readUpdateExperiment,
  SEARCH_EXPERIMENTS_LISTS,
} from "@tessera/mlflow/wire/experiment-requests";
import { presentExperiment, presentExperimentsPage } from "@tessera/mlflow/wire/present-experiment";
import {
  deleteExperiment,
  deleteExperimentTag,
  renameExperiment,
  restoreExperiment,
  setExperimentTag,
} from "@tessera/usecases/tracking/change-experiment";
import { createExperiment } from "@tessera/usecases/tracking/create-experiment";
import { getExperiment, getExperimentByName } from "@tessera/usecases/tracking/get-experiment";
import { searchExperiments } from "@tessera/usecases/tracking/search-experiments";
import { get, type MlflowCall, type MlflowEndpoint, post } from "./endpoint.ts";

async function search({ ctx, project, fields }: MlflowCall): Promise<object> {
  const request = readSearchExperiments(fields);
  const page = await searchExperiments(ctx, { project, request });
  return presentExperimentsPage(page.experiments, page.nextPageToken);
}

export const experimentEndpoints: readonly MlflowEndpoint[] = [
  post("mlflow/experiments/create", async ({ ctx, project, fields }) => {
    const experiment = await createExperiment(ctx, { project, ...readCreateExperiment(fields) });
    return { experiment_id: experiment.id };
  }),
  get("mlflow/experiments/get", async ({ ctx, project, fields }) => {
    const experiment = await getExperiment(ctx, { project, ...readExperimentId(fields) });
    return { experiment: presentExperiment(experiment) };
  }),
  get("mlflow/experiments/get-by-name", async ({ ctx, project, fields }) => {
    const experiment = await getExperimentByName(ctx, { project, ...readExperimentName(fields) });
    return { experiment: presentExperiment(experiment) };
  }),
  post("mlflow/experiments/search", search),
  get("mlflow/experiments/search", search, SEARCH_EXPERIMENTS_LISTS),
  post("mlflow/experiments/update", async ({ ctx, project, fields }) => {
    const { experimentId, newName } = readUpdateExperiment(fields);
    await renameExperiment(ctx, { project, experimentId, name: newName });
    return {};
  }),
  post("mlflow/experiments/delete", async ({ ctx, project, fields }) => {
    await deleteExperiment(ctx, { project, ...readExperimentId(fields) });
    return {};
  }),
  post("mlflow/experiments/restore", async ({ ctx, project, fields }) => {
    await restoreExperiment(ctx, { project, ...readExperimentId(fields) });
    return {};
  }),
  post("mlflow/experiments/set-experiment-tag", async ({ ctx, project, fields }) => {
    await setExperimentTag(ctx, { project, ...readSetExperimentTag(fields) });
    return {};
  }),
  post("mlflow/experiments/delete-experiment-tag", async ({ ctx, project, fields }) => {
    await deleteExperimentTag(ctx, { project, ...readDeleteExperimentTag(fields) });
    return {};
  }),
];
