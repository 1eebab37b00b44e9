import { latestFor } from "@tessera/metrics/latest";
import type { DatasetInput } from "@tessera/mlflow/wire/input-requests";
import type { RunRecord } from "@tessera/mlflow/wire/present-run";
import type { Context } from "../platform/platform.ts";
import { runArtifactUri } from "./artifact-paths.ts";
import type { TrackedRun } from "./find-run.ts";
import { readPairs } from "./read-pairs.ts";

interface InputRow {
  readonly run_id: string;
  readonly name: string;
  readonly digest: string;
  readonly context: string;
  readonly source_type: string;
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
  readonly tags: Record<string, string>;
}

const INPUTS = {
  name: "run-inputs",
  text: "SELECT * FROM run_input WHERE run_id = ANY($1) ORDER BY run_id, name, digest",
};

interface RunModelRow {
  readonly run_id: string;
  readonly direction: "input" | "output";
  readonly model_id: string;
  readonly step: number;
}

const MODELS = {
  name: "run-models",
  text: `SELECT run_id, direction, model_id, step::float8 AS step FROM run_model
         WHERE run_id = ANY($1) ORDER BY run_id, step, model_id`,
};

function presentModels(
  rows: readonly RunModelRow[],
): Pick<RunRecord, "modelInputs" | "modelOutputs"> {
  const of = (direction: string) => rows.filter((row) => row.direction === direction);
  return {
    modelInputs: of("input").map((row) => row.model_id),
    modelOutputs: of("output").map((row) => ({ modelId: row.model_id, step: row.step })),
  };
}

function grouped<Row extends { readonly run_id: string }>(
  rows: readonly Row[],
): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const known = groups.get(row.run_id);
    if (known === undefined) groups.set(row.run_id, [row]);
    else known.push(row);
  }
  return groups;
}

function presentInput(row: InputRow): DatasetInput {
  return {
    name: row.name,
    digest: row.digest,
    sourceType: row.source_type,
    source: row.source,
    ...(row.schema === null ? {} : { schema: row.schema }),
    ...(row.profile === null ? {} : { profile: row.profile }),
    tags: Object.entries(row.tags).map(([key, value]) => ({ key, value })),
  };
}

type RunContents = Required<Pick<RunRecord, "metrics" | "params" | "tags" | "datasets">> &
  Pick<RunRecord, "modelInputs" | "modelOutputs">;

/** A run as clients see it. */
export function runRecord(run: TrackedRun, contents: RunContents): RunRecord {
  return {
    id: run.id,
    name: run.name,
    experimentId: String(run.experimentNumber),
    userId: run.userId,
    status: run.status,
    startTime: run.startTime,
    endTime: run.endTime,
    artifactUri: runArtifactUri(run),
    lifecycleStage: run.deleted ? "deleted" : "active",
    ...contents,
  };
}

/** Everything that a list shows of runs: five queries, whatever their number; no series is read. */
export async function loadRuns(ctx: Context, runs: readonly TrackedRun[]): Promise<RunRecord[]> {
  if (runs.length === 0) return [];
  const ids = runs.map((run) => run.id);
  const { pool } = ctx.db;
  const [params, tags, inputs, models, metrics] = await Promise.all([
    readPairs(ctx, "params", ids),
    readPairs(ctx, "tags", ids),
    pool.query<InputRow>({ ...INPUTS, values: [ids] }),
    pool.query<RunModelRow>({ ...MODELS, values: [ids] }),
    latestFor(pool, ids),
  ]);
  const inputsOf = grouped(inputs.rows);
  const modelsOf = grouped(models.rows);
  return runs.map((run) =>
    runRecord(run, {
      metrics: (metrics.get(run.id) ?? []).map(({ key, value, step, timestampMs }) => ({
        key,
        value,
        step,
        timestamp: timestampMs,
      })),
      params: params.get(run.id) ?? [],
      tags: tags.get(run.id) ?? [],
      datasets: (inputsOf.get(run.id) ?? []).map(presentInput),
      ...presentModels(modelsOf.get(run.id) ?? []),
    }),
  );
}

/** One run, whole. */
export async function loadRun(ctx: Context, run: TrackedRun): Promise<RunRecord> {
  const [record] = await loadRuns(ctx, [run]);
  if (record === undefined) throw new Error(`The run ${run.id} was not loaded`);
  return record;
}
