import { PlatformError } from "@tessera/contracts/errors";
import type { ProblemIssue } from "@tessera/contracts/errors";
import type { AttemptSpec, ExecutorCapacity } from "./executor.ts";

const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const variablePattern = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Throws `invalid_argument` unless the text can be an attempt's id (it becomes a folder's name). */
export function checkAttemptId(attemptId: string): void {
  if (idPattern.test(attemptId)) return;
  throw new PlatformError(
    "invalid_argument",
    `attempt id ${JSON.stringify(attemptId.slice(0, 80))} must be 1 to 64 letters, digits, "-" and "_"`,
  );
}

/** Throws `invalid_argument` that names every fault of a spec. */
export function checkAttemptSpec(spec: AttemptSpec, capacity: ExecutorCapacity): void {
  checkAttemptId(spec.attemptId);
  const issues = [
    ...commandIssues(spec),
    ...environmentIssues(spec),
    ...limitIssues(spec),
    ...gpuIssues(spec, capacity),
  ];
  if (issues.length === 0) return;
  const message = issues.map((issue) => `${issue.path}: ${issue.message}`).join("; ");
  throw new PlatformError("invalid_argument", message, { issues });
}

function commandIssues(spec: AttemptSpec): ProblemIssue[] {
  const issues: ProblemIssue[] = [];
  if (!spec.argv[0]) issues.push({ path: "argv", message: "must name a command" });
  spec.argv.forEach((part, index) => {
    if (part.includes("\0")) {
      issues.push({ path: `argv[${index}]`, message: "must not contain a NUL character" });
    }
  });
  if (!spec.workingDirectory.startsWith("/") || spec.workingDirectory.includes("\0")) {
    issues.push({ path: "workingDirectory", message: "must be an absolute path" });
  }
  return issues;
}

function environmentIssues(spec: AttemptSpec): ProblemIssue[] {
  const issues: ProblemIssue[] = [];
  for (const [name, value] of Object.entries(spec.env)) {
    const path = `env.${name.slice(0, 80)}`;
    if (!variablePattern.test(name)) {
      issues.push({
        path,
        message: 'a name must be letters, digits and "_", not starting with a digit',
      });
    }
    if (value.includes("\0")) issues.push({ path, message: "must not contain a NUL character" });
  }
  return issues;
}

function limitIssues({ limits }: AttemptSpec): ProblemIssue[] {
  const issues: ProblemIssue[] = [];
  for (const name of ["wallMs", "memoryBytes", "cpus"] as const) {
    const value = limits[name];
    if (value !== undefined && !(value > 0 && Number.isFinite(value))) {
      issues.push({ path: `limits.${name}`, message: "must be a positive number" });
    }
  }
  if (!(limits.graceMs >= 0 && Number.isFinite(limits.graceMs))) {
    issues.push({ path: "limits.graceMs", message: "must be 0 or more" });
  }
  return issues;
}

function gpuIssues(spec: AttemptSpec, capacity: ExecutorCapacity): ProblemIssue[] {
  const known = new Set(capacity.gpus.map((gpu) => gpu.index));
  const issues: ProblemIssue[] = [];
  spec.gpuIndexes.forEach((index, position) => {
    const path = `gpuIndexes[${position}]`;
    if (!known.has(index)) {
      const there = known.size === 0 ? "there is none" : `there are ${[...known].join(", ")}`;
      issues.push({ path, message: `no GPU ${index}: ${there}` });
    } else if (spec.gpuIndexes.indexOf(index) !== position) {
      issues.push({ path, message: `GPU ${index} is named twice` });
    }
  });
  return issues;
}
