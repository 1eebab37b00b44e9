import type { Condition, OrderBy } from "@tessera/mlflow/filter-ast";

/** A run as a search looks at it. */
export interface ModelRun {
  readonly id: string;
  readonly name: string;
  readonly experiment: string;
  readonly status: string;
  readonly userId: string;
  readonly startTime: number;
  readonly endTime: number | null;
  readonly deleted: boolean;
  readonly metrics: Readonly<Record<string, number>>;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly datasets: readonly {
    readonly name: string;
    readonly digest: string;
    readonly context: string;
  }[];
}

type Value = string | number | null;

function attributeOf(run: ModelRun, key: string): Value {
  const attributes: Record<string, Value> = {
    run_id: run.id,
    run_name: run.name,
    user_id: run.userId,
    status: run.status,
    artifact_uri: `mlflow-artifacts:/${run.experiment}/${run.id}/artifacts`,
    start_time: run.startTime,
    end_time: run.endTime,
  };
  return attributes[key] ?? null;
}

/** What a condition or an order looks at; of datasets there may be several. */
function valuesOf(run: ModelRun, { entity, key }: Pick<Condition, "entity" | "key">): Value[] {
  switch (entity) {
    case "attribute":
      return [attributeOf(run, key)];
    case "metric":
      return [run.metrics[key] ?? null];
    case "param":
      return [run.params[key] ?? null];
    case "tag":
      return [run.tags[key] ?? null];
    case "dataset":
      return run.datasets.map((each) => each[key as "name"]);
    default:
      return entity satisfies never;
  }
}

function like(value: string, pattern: string, ignoreCase: boolean): boolean {
  const source = Array.from(pattern, (sign) => {
    if (sign === "%") return ".*";
    return sign === "_" ? "." : sign.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
  });
  return new RegExp(`^${source.join("")}$`, ignoreCase ? "sui" : "su").test(value);
}

function compareNumber(value: number, operator: string, other: number): boolean {
  switch (operator) {
    case "=":
      return value === other;
    case "!=":
      return value !== other;
    case ">":
      return value > other;
    case ">=":
      return value >= other;
    case "<":
      return value < other;
    default:
      return value <= other;
  }
}

function compareText(value: string, operator: string, other: string): boolean {
  if (operator === "=") return value === other;
  if (operator === "!=") return value !== other;
  return like(value, other, operator === "ILIKE");
}

function holds(condition: Condition, value: Value): boolean {
  if (condition.type === "presence") {
    return (value === null) === (condition.operator === "IS NULL");
  }
  if (value === null) return false;
  switch (condition.type) {
    case "number":
      return compareNumber(Number(value), condition.operator, condition.value);
    case "text":
      return compareText(String(value), condition.operator, condition.value);
    case "list":
      return condition.value.includes(String(value)) === (condition.operator === "IN");
    default:
      return condition satisfies never;
  }
}

/** Whether a run meets every condition. */
export function matches(run: ModelRun, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) =>
    valuesOf(run, condition).some((value) => holds(condition, value)),
  );
}

/** Numbers, then NaN, then what is missing. */
function rank(value: Value): number {
  if (value === null) return 2;
  return Number.isNaN(value) ? 1 : 0;
}

function compareValues(a: Value, b: Value): number {
  if (typeof a === "string" && typeof b === "string") {
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  if (a === b) return 0;
  return Number(a) < Number(b) ? -1 : 1;
}

function compareBy(order: OrderBy, a: ModelRun, b: ModelRun): number {
  const [one = null] = valuesOf(a, order);
  const [other = null] = valuesOf(b, order);
  const ranks = rank(one) - rank(other);
  if (ranks !== 0 || rank(one) !== 0) return ranks;
  return order.ascending ? compareValues(one, other) : compareValues(other, one);
}

const last: readonly OrderBy[] = [
  { entity: "attribute", key: "start_time", ascending: false },
  { entity: "attribute", key: "run_id", ascending: true },
];

/** Runs in the order of the clauses, then from the newest, then by id. */
export function inOrder(runs: readonly ModelRun[], clauses: readonly OrderBy[]): ModelRun[] {
  return runs.toSorted((a, b) => {
    for (const order of [...clauses, ...last]) {
      const found = compareBy(order, a, b);
      if (found !== 0) return found;
    }
    return 0;
  });
}
