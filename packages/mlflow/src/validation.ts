import { invalidParameter } from "./errors.ts";
import { LIMITS } from "./limits.ts";
import { pythonFloatRepr, pythonListRepr, pythonRepr } from "./python-literal.ts";
import { invalidValue, joinPath, missingValue, tooLong } from "./wording.ts";

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export interface MetricPoint {
  readonly key: string;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly step: number;
}

export interface Batch {
  readonly metrics: readonly MetricPoint[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

const NAME = /^[/\p{L}\p{N}_.\- :]*$/u;
const BAD_CHARACTERS =
  "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( )" +
  ", colon(:) and slashes (/).";

/**
 * Checks the key of a metric, param or tag: its characters, and that as a path it would name
 * itself and nothing else.
 *
 * @throws MlflowError
 */
export function validateKey(key: string, path: string): void {
  if (!NAME.test(key)) throw invalidValue(path, key, BAD_CHARACTERS);
  // Nearly every key is one plain word, and a batch has a thousand.
  if (key !== "" && !key.startsWith(".") && !key.includes("/")) return;
  const resolved = normalisePath(key);
  const escapes = resolved === "." || resolved.startsWith("..") || resolved.startsWith("/");
  if (resolved !== key || escapes) throw invalidValue(path, key, badPath(resolved));
}

function badPath(resolved: string): string {
  return (
    "Names may be treated as files in certain cases, and must not resolve to other names when " +
    `treated as such. This name would resolve to ${pythonRepr(resolved)}`
  );
}

/** POSIX path normalisation: "a//b/../c/." → "a/c", "" → ".". */
export function normalisePath(path: string): string {
  const leading = /^\/*/u.exec(path)?.[0].length ?? 0;
  // Two leading slashes, and only two, mean something of their own in POSIX.
  const root = leading === 2 ? "//" : "/".repeat(Math.min(leading, 1));
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    const climbs = part === ".." && (kept.length === 0 ? root === "" : kept.at(-1) === "..");
    if (part !== ".." || climbs) kept.push(part);
    else kept.pop();
  }
  return root + kept.join("/") || ".";
}

/** Checks one metric point. @throws MlflowError */
export function validateMetric(metric: MetricPoint, path = ""): void {
  const { key, value, timestamp } = metric;
  validateKey(key, joinPath(path, "name"));
  if (timestamp < 0) {
    throw invalidValue(
      joinPath(path, "timestamp"),
      timestamp,
      `metric '${key}' (value=${pythonFloatRepr(value)}). Timestamp must be a nonnegative long (64-bit integer) `,
    );
  }
  requireLength("Metric name", key, LIMITS.keyLength);
}

/** Checks one param; a value that is too long is cut. @throws MlflowError */
export function validateParam(param: KeyValue, path = ""): KeyValue {
  validateKey(param.key, joinPath(path, "key"));
  requireLength("Param key", param.key, LIMITS.keyLength);
  return { key: param.key, value: truncate(param.value, LIMITS.paramValueLength) };
}

/** Checks one tag of a run; a value that is too long is cut. @throws MlflowError */
export function validateRunTag(tag: KeyValue, path = ""): KeyValue {
  validateKey(tag.key, joinPath(path, "key"));
  requireLength(joinPath(path, "key"), tag.key, LIMITS.keyLength);
  return { key: tag.key, value: truncate(tag.value, LIMITS.runTagValueLength) };
}

/** Checks one tag of an experiment. @throws MlflowError */
export function validateExperimentTag(tag: KeyValue): void {
  validateKey(tag.key, "key");
  requireLength("key", tag.key, LIMITS.keyLength);
  requireLength("value", tag.value, LIMITS.experimentTagValueLength);
}

/** Checks one tag of a registered model or of a version. @throws MlflowError */
export function validateRegistryTag(tag: KeyValue): void {
  validateKey(tag.key, "key");
  requireLength("key", tag.key, LIMITS.keyLength);
  requireLength("value", tag.value, LIMITS.registryTagValueLength);
}

/**
 * Checks a whole log-batch: every item, the sizes, and that no param comes twice.
 *
 * @returns the batch with values cut to their limits
 * @throws MlflowError naming the item by its place, as in `metrics[3].name`
 */
export function validateBatch(batch: Batch): Batch {
  batch.metrics.forEach((metric, index) => validateMetric(metric, `metrics[${index}]`));
  const params = batch.params.map((param, index) => validateParam(param, `params[${index}]`));
  const tags = batch.tags.map((tag, index) => validateRunTag(tag, `tags[${index}]`));
  requireCount("metrics", batch.metrics.length, LIMITS.metricsPerBatch);
  requireCount("params", params.length, LIMITS.paramsPerBatch);
  requireCount("tags", tags.length, LIMITS.tagsPerBatch);
  const total = batch.metrics.length + params.length + tags.length;
  requireCount("metrics, params, and tags", total, LIMITS.entitiesPerBatch);
  requireUniqueParams(params);
  return { metrics: batch.metrics, params, tags };
}

function requireCount(what: string, count: number, limit: number): void {
  if (count <= limit) return;
  throw invalidParameter(
    `A batch logging request can contain at most ${limit} ${what}. Got ${count} ${what}. ` +
      `Please split up ${what} across multiple requests and try again.`,
  );
}

function requireUniqueParams(params: readonly KeyValue[]): void {
  const seen = new Set<string>();
  const twice: string[] = [];
  for (const { key } of params) {
    if (seen.has(key)) twice.push(key);
    seen.add(key);
  }
  if (twice.length === 0) return;
  throw invalidParameter(
    `Duplicate parameter keys have been submitted: ${pythonListRepr(twice)}. Please ensure the ` +
      "request contains only one param value per param key.",
  );
}

/** Checks that a run id has the form of one. @throws MlflowError */
export function validateRunId(id: string, path = "run_id"): void {
  if (!/^[a-zA-Z0-9][\p{L}\p{N}_-]{0,255}$/u.test(id)) throw invalidValue(path, id);
}

/** Checks an experiment id: experiments are numbered, from "0". @throws MlflowError */
export function validateExperimentId(id: string): void {
  if (/^[0-9]{1,18}$/u.test(id)) return;
  throw invalidParameter(
    `Invalid experiment ID '${id.slice(0, 100)}'. Experiment ID must be a valid integer.`,
  );
}

/** Checks the name of a new or renamed experiment. @throws MlflowError */
export function validateExperimentName(name: string): void {
  if (name === "") throw invalidParameter(`Invalid experiment name: '${name}'`);
  requireLength("name", name, LIMITS.experimentNameLength);
}

/** Checks the name of a registered model. @throws MlflowError */
export function validateModelName(name: string): void {
  if (name.trim() === "") throw missingValue("name");
  if (/[/:]/u.test(name)) {
    throw invalidParameter(`Invalid model name '${name}'. Names cannot contain '/' or ':'.`);
  }
  const resolved = normalisePath(name);
  if (resolved !== name || resolved === "." || resolved.startsWith("..")) {
    throw invalidValue("name", name, badPath(resolved));
  }
}

/** Checks an alias of a model version. @throws MlflowError */
export function validateAlias(alias: string): void {
  if (alias === "") throw invalidParameter("Registered model alias name cannot be empty.");
  if (!/^[\p{L}\p{N}_-]*$/u.test(alias)) {
    throw invalidParameter(
      `Invalid alias name: '${alias}'. Names may only contain alphanumerics, underscores (_), ` +
        "and dashes (-).",
    );
  }
  requireLength("Registered model alias name", alias, LIMITS.aliasLength);
  if (alias.toLowerCase() === "latest") {
    throw invalidParameter("'latest' alias name (case insensitive) is reserved.");
  }
  if (/^[vV]\d+$/u.test(alias))
    throw invalidParameter(`Version alias name '${alias}' is reserved.`);
}

/** Checks the page size of a search. @throws MlflowError unless it is in 1..limit */
export function validateMaxResults(maxResults: number, limit: number): void {
  const start = `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be`;
  if (maxResults < 1) throw invalidParameter(`${start} a positive integer`);
  if (maxResults > limit) throw invalidParameter(`${start} at most ${limit}`);
}

/** Checks a length. @throws MlflowError naming what is too long */
export function requireLength(what: string, value: string, limit: number): void {
  // A text never has more characters than UTF-16 units.
  if (value.length > limit && truncate(value, limit) !== value) throw tooLong(what, limit);
}

/** The text cut to a number of characters, never inside one. */
export function truncate(value: string, limit: number): string {
  if (value.length <= limit) return value;
  let units = 0;
  for (let characters = 0; characters < limit && units < value.length; characters++) {
    units += (value.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return value.slice(0, units);
}
