import { ApiError } from "@tessera/client/api-error";
import type { Job, RerunJob } from "@tessera/contracts/job";
import { commandLine, readCommand } from "../command-words.ts";
import { rerunName } from "../rerun-name.ts";
import { readTimeLimit, writeTimeLimit } from "./time-limit.ts";

export interface Variable {
  /** Only tells rows apart. */
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

/** What a person changes before a job is submitted again. */
export interface RerunDraft {
  readonly name: string;
  readonly command: string;
  /** "name@number"; null for none. */
  readonly environment: string | null;
  readonly tier: string;
  readonly timeLimit: string;
  readonly retries: string;
  readonly variables: readonly Variable[];
}

export type DraftField = keyof RerunDraft;
export type DraftFaults = Partial<Record<DraftField, string>>;

/** What the fields of a draft take. */
export interface DraftFieldsProps {
  draft: RerunDraft;
  faults: DraftFaults;
  onChange(next: Partial<RerunDraft>): void;
}

export function draftOf(job: Job): RerunDraft {
  const { environment } = job;
  return {
    name: rerunName(job.name),
    command: commandLine(job.command),
    environment: environment === null ? null : `${environment.name}@${environment.number}`,
    tier: job.tier.name,
    timeLimit: writeTimeLimit(job.timeoutSeconds),
    retries: String(job.maxRetries),
    variables: Object.entries(job.env).map(([name, value], id) => ({ id, name, value })),
  };
}

const mostRetries = 100;

function retriesOf(text: string): number | undefined {
  const retries = Number(text.trim() || "0");
  return Number.isInteger(retries) && retries >= 0 && retries <= mostRetries ? retries : undefined;
}

function faultsOf(draft: RerunDraft, variables: readonly Variable[]): DraftFaults {
  const command = readCommand(draft.command);
  const limit = readTimeLimit(draft.timeLimit);
  const variableFault = faultOfVariables(variables);
  const goodRetries = retriesOf(draft.retries) !== undefined;
  return {
    ...("error" in command ? { command: command.error } : {}),
    ...("error" in limit ? { timeLimit: limit.error } : {}),
    ...(goodRetries ? {} : { retries: `A whole number from 0 to ${mostRetries}` }),
    ...(variableFault ? { variables: variableFault } : {}),
  };
}

/** The body of the request, or what is wrong where. */
export function readDraft(draft: RerunDraft): { body: RerunJob } | { faults: DraftFaults } {
  const variables = draft.variables.filter(({ name, value }) => name !== "" || value !== "");
  const command = readCommand(draft.command);
  const limit = readTimeLimit(draft.timeLimit);
  const faults = faultsOf(draft, variables);
  if (Object.keys(faults).length > 0 || "error" in command || "error" in limit) return { faults };
  const name = draft.name.trim();
  return {
    body: {
      ...(name === "" ? {} : { name }),
      command: command.words,
      environment: draft.environment,
      tier: draft.tier,
      timeoutSeconds: limit.seconds,
      maxRetries: retriesOf(draft.retries) ?? 0,
      env: Object.fromEntries(variables.map((variable) => [variable.name, variable.value])),
    },
  };
}

function faultOfVariables(variables: readonly Variable[]): string | undefined {
  const bad = variables.find(({ name }) => !/^[A-Za-z_]\w*$/.test(name));
  if (bad) {
    return bad.name === ""
      ? `The variable with the value “${bad.value}” has no name`
      : `“${bad.name}” is no name for a variable: letters, digits and _ make one`;
  }
  const names = variables.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return twice === undefined ? undefined : `${twice} is set twice`;
}

const fieldOf: Record<string, DraftField> = {
  name: "name",
  command: "command",
  environment: "environment",
  tier: "tier",
  timeoutSeconds: "timeLimit",
  maxRetries: "retries",
  env: "variables",
};

/** What the server found wrong, each at its field; empty where it names none of them. */
export function faultsFrom(error: unknown): DraftFaults {
  if (!(error instanceof ApiError)) return {};
  const faults: DraftFaults = {};
  for (const { path, message } of error.problem.issues ?? []) {
    const field = fieldOf[path.replace(/^body\./, "").split(/[.[]/)[0] ?? ""];
    if (field !== undefined) faults[field] ??= message;
  }
  return faults;
}
