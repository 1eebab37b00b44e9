import { writeRunKey } from "@tessera/client/run-clauses";
import type { Run } from "@tessera/contracts/run";
import { durationOf, metricNumber, metricOf } from "./run-values.ts";

const attributes = {
  name: { label: "Name", clause: "run_name", value: (run: Run) => run.name },
  state: { label: "State", clause: "status", value: (run: Run) => run.state },
  started: { label: "Started", clause: "start_time", value: (run: Run) => run.startedAt },
  duration: { label: "Duration", clause: "duration", value: durationOf },
  user: { label: "User", clause: "user_id", value: (run: Run) => run.user },
  experiment: {
    label: "Experiment",
    clause: "experiment_name",
    value: (run: Run) => run.experimentName,
  },
  id: { label: "Id", clause: "run_id", value: (run: Run) => run.id },
} as const;

export type RunAttribute = keyof typeof attributes;
export const runAttributes = Object.keys(attributes) as RunAttribute[];

const prefixes = { m: "metric", min: "min", max: "max", p: "param", t: "tag" } as const;
type Prefix = keyof typeof prefixes;
type KeyedKind = (typeof prefixes)[Prefix];

/** Something that a run has a value of. Its id is short, since it stands in addresses. */
export type RunField =
  | { readonly kind: "attribute"; readonly id: RunAttribute }
  | { readonly kind: KeyedKind; readonly id: string; readonly key: string };

/** The id of a metric's, a param's or a tag's field: "m:val/loss". */
export function fieldId(prefix: Prefix, key: string): string {
  return `${prefix}:${key}`;
}

/** The field of an id; undefined for what is none. */
export function readField(id: string): RunField | undefined {
  if (Object.hasOwn(attributes, id)) return { kind: "attribute", id: id as RunAttribute };
  const colon = id.indexOf(":");
  const prefix = id.slice(0, Math.max(0, colon));
  if (!Object.hasOwn(prefixes, prefix) || colon === id.length - 1) return undefined;
  return { kind: prefixes[prefix as Prefix], id, key: id.slice(colon + 1) };
}

/** What a person reads: the key of a metric, the word of an attribute. */
export function fieldLabel(field: RunField): string {
  if (field.kind === "attribute") return attributes[field.id].label;
  if (field.kind === "min" || field.kind === "max") return `${field.key} (${field.kind})`;
  return field.key;
}

/** The raw value of a field; null where the run has none. Params and tags are text. */
export function fieldValue(field: RunField, run: Run): string | number | null {
  switch (field.kind) {
    case "attribute":
      return attributes[field.id].value(run);
    case "param":
      return ownText(run.params, field.key);
    case "tag":
      return ownText(run.tags, field.key);
    case "metric":
    case "min":
    case "max":
      return metricValueOf(field.kind, run, field.key);
  }
}

/** Params are named by people: one may be called "toString". */
function ownText(pairs: Readonly<Record<string, string>>, key: string): string | null {
  return Object.hasOwn(pairs, key) ? (pairs[key] ?? null) : null;
}

function metricValueOf(kind: "metric" | "min" | "max", run: Run, key: string): number | null {
  const metric = metricOf(run, key);
  const value = kind === "metric" ? metric?.value : metric?.[kind];
  return value === undefined || value === null ? null : metricNumber(value);
}

/** How the server is asked to order by a field; null where no clause can name it. */
export function orderClause(field: RunField, descending: boolean): string | null {
  const direction = descending ? "DESC" : "ASC";
  if (field.kind === "attribute") return `attributes.${attributes[field.id].clause} ${direction}`;
  const key = writeRunKey(field.key);
  if (key === null) return null;
  if (field.kind === "param" || field.kind === "tag") return `${field.kind}s.${key} ${direction}`;
  return field.kind === "metric"
    ? `metrics.${key} ${direction}`
    : `${field.kind}(metrics.${key}) ${direction}`;
}

const heldOut = /(^|[^a-z])(val|valid|validation|test|eval|dev)([^a-z]|$)/iu;
const training = /(^|[^a-z])train(ing)?([^a-z]|$)/iu;
/** What tells of the machinery and not of the model. */
const machinery =
  /(^|[^a-z])(lr|learning_rate|grad|norm|epoch|step|time|duration|seconds|memory|gpu|cpu|throughput)([^a-z]|$)/iu;

function interest(key: string): number {
  if (isSystemMetric(key)) return 4;
  if (machinery.test(key)) return 3;
  if (heldOut.test(key)) return 0;
  return training.test(key) ? 2 : 1;
}

const natural = new Intl.Collator("en", { numeric: true });

/** Metrics in the order in which people look for them: those of held-out data come first. */
export function metricsByInterest(keys: readonly string[]): string[] {
  const ranks = new Map(keys.map((key) => [key, interest(key)]));
  return keys.toSorted(
    (a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0) || natural.compare(a, b),
  );
}

/** Figures of the machine, which MLflow's client logs beside those of the model. */
export function isSystemMetric(key: string): boolean {
  return key.startsWith("system/");
}

/** Tags that MLflow's client sets by itself. */
export function isSystemTag(key: string): boolean {
  return key.startsWith("mlflow.");
}
