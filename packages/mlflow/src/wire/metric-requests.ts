import { invalidParameter } from "../errors.ts";
import type { Fields } from "../json-rules.ts";
import { LIMITS } from "../limits.ts";
import { missingField } from "../wording.ts";
import { optionalInt, optionalString, requiredString, stringList } from "./fields.ts";
import { readRunId } from "./run-requests.ts";

export interface MetricHistoryRequest {
  readonly runId: string;
  readonly key: string;
  /** Points in the page, already bounded. */
  readonly maxResults: number;
  readonly pageToken: string | undefined;
}

/** Reads metrics/get-history; no page size means the largest page. @throws MlflowError */
export function readMetricHistory(fields: Fields): MetricHistoryRequest {
  const runId = readRunId(fields);
  const key = requiredString(fields, "metric_key");
  const maxResults = optionalInt(fields, "max_results") ?? LIMITS.metricHistoryPage;
  if (maxResults <= 0) {
    throw invalidParameter(
      `Invalid value ${maxResults} for parameter 'max_results' supplied. ` +
        "It must be a positive integer.",
    );
  }
  return {
    runId,
    key,
    maxResults: Math.min(maxResults, LIMITS.metricHistoryPage),
    pageToken: optionalString(fields, "page_token") || undefined,
  };
}

export interface BulkIntervalRequest {
  readonly runIds: readonly string[];
  readonly key: string;
  /** Both ends belong to it. */
  readonly steps: { readonly from: number; readonly to: number } | undefined;
  /** Points of each run. */
  readonly maxResults: number;
}

/** The list fields of metrics/get-history-bulk-interval, which comes as a query. */
export const BULK_INTERVAL_LISTS = ["run_ids"] as const;

/** Reads metrics/get-history-bulk-interval. @throws MlflowError */
export function readBulkInterval(fields: Fields): BulkIntervalRequest {
  const runIds = stringList(fields, "run_ids");
  if (runIds.length === 0) throw missingField("run_ids");
  if (runIds.length > LIMITS.bulkHistoryRuns) {
    throw invalidParameter(
      "GetMetricHistoryBulkInterval request must specify at most " +
        `${LIMITS.bulkHistoryRuns} run_ids. Received ${runIds.length} run_ids.`,
    );
  }
  const key = requiredString(fields, "metric_key");
  const maxResults = optionalInt(fields, "max_results") ?? LIMITS.bulkHistoryPointsPerRun;
  if (maxResults < 1 || maxResults > LIMITS.bulkHistoryPointsPerRun) {
    throw invalidParameter(`max_results must be between 1 and ${LIMITS.bulkHistoryPointsPerRun}.`);
  }
  return { runIds, key, steps: readSteps(fields), maxResults };
}

function readSteps(fields: Fields): BulkIntervalRequest["steps"] {
  const from = optionalInt(fields, "start_step");
  const to = optionalInt(fields, "end_step");
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined) {
    throw invalidParameter(
      "If either start step or end step are specified, both must be specified.",
    );
  }
  if (from > to) {
    throw invalidParameter(
      "end_step must be greater than start_step. " + `Found start_step=${from} and end_step=${to}.`,
    );
  }
  return { from, to };
}

export interface BulkHistoryRequest {
  readonly runIds: readonly string[];
  readonly key: string;
  /** Points of all runs together. */
  readonly maxResults: number;
}

/** The list fields of metrics/get-history-bulk, which comes as a query. */
export const BULK_HISTORY_LISTS = ["run_id"] as const;

/** Reads metrics/get-history-bulk. @throws MlflowError */
export function readBulkHistory(fields: Fields): BulkHistoryRequest {
  const request = "GetMetricHistoryBulk request";
  const runIds = stringList(fields, "run_id");
  if (runIds.length === 0) {
    throw invalidParameter(`${request} must specify at least one run_id.`);
  }
  if (runIds.length > LIMITS.bulkHistoryRuns) {
    throw invalidParameter(
      `${request} cannot specify more than ${LIMITS.bulkHistoryRuns} run_ids. ` +
        `Received ${runIds.length} run_ids.`,
    );
  }
  const key = optionalString(fields, "metric_key");
  if (key === undefined) throw invalidParameter(`${request} must specify a metric_key.`);
  const wanted = optionalInt(fields, "max_results") ?? LIMITS.metricHistoryPage;
  return { runIds, key, maxResults: Math.min(Math.max(wanted, 0), LIMITS.metricHistoryPage) };
}
