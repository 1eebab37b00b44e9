import { PlatformError } from "@tessera/contracts/errors";
import type { ProblemIssue } from "@tessera/contracts/errors";

/** A requirements text in pip's format, split up. */
export interface Requirements {
  /** Lines that say where and how to look for packages; a lock needs them too. */
  readonly options: string[];
  readonly packages: string[];
}

const carriedOptions = [
  "-i",
  "--index-url",
  "--extra-index-url",
  "-f",
  "--find-links",
  "--no-index",
  "--trusted-host",
  "--pre",
  "--prefer-binary",
  "--no-binary",
  "--only-binary",
];

const fileOptions = ["-r", "--requirement", "-c", "--constraint", "-e", "--editable"];

/**
 * Splits a requirements text. Throws `invalid_argument`, naming the lines, for what needs files
 * beside it, since the text is all there is, and for options that pip does not have.
 */
export function parseRequirements(text: string): Requirements {
  const issues: ProblemIssue[] = [];
  const found: Requirements = { options: [], packages: [] };
  for (const { line, number } of logicalLines(text)) {
    const fault = faultOf(line);
    if (fault) issues.push({ path: `requirements, line ${number}`, message: fault });
    else if (line.startsWith("-")) found.options.push(line);
    else found.packages.push(line);
  }
  if (issues.length === 0) return found;
  const message = issues.map((issue) => `${issue.path}: ${issue.message}`).join("; ");
  throw new PlatformError("invalid_argument", message, { issues });
}

function logicalLines(text: string): { line: string; number: number }[] {
  const lines: { line: string; number: number }[] = [];
  let pending: { line: string; number: number } | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line: string = (pending?.line ?? "") + raw;
    const number: number = pending?.number ?? index + 1;
    pending = undefined;
    if (line.endsWith("\\")) pending = { line: line.slice(0, -1), number };
    else lines.push({ line, number });
  }
  if (pending) lines.push(pending);
  return lines
    .map(({ line, number }) => ({ line: line.replace(/(^|\s)#.*$/, "").trim(), number }))
    .filter(({ line }) => line !== "");
}

function faultOf(line: string): string | undefined {
  if (line.includes("\0")) return "must not contain a NUL character";
  if (line.startsWith("-")) {
    const option = /^--?[A-Za-z-]+/.exec(line)?.[0] ?? line;
    // Short options may have their value right behind them.
    const name = option.startsWith("--") ? option : option.slice(0, 2);
    if (fileOptions.includes(name)) return `${name} names a file, and there is only this text`;
    return carriedOptions.includes(name) ? undefined : `unknown option ${option.slice(0, 80)}`;
  }
  const isPath = /^(\.{0,2}\/|~|file:)/.test(line) || /@\s*(file:|\.{0,2}\/)/.test(line);
  return isPath ? `${line.slice(0, 80)} is a local path; name a package or an address` : undefined;
}
