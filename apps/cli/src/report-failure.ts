import { ApiError, UnreachableError } from "@tessera/client/api-error";
import { CommanderError } from "commander";
import { CliError } from "./cli-error.ts";

/** A failure as programs are told of it. */
interface Failure {
  readonly error: string;
  readonly code: string;
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
  readonly exitCode: number;
}

const USAGE = 2;
/** As a shell tells of a command that SIGPIPE ended. */
const READER_GONE = 141;

function apiFailure({ message, code, problem }: ApiError): Failure {
  const { issues } = problem;
  const help = code === "unauthenticated" ? "; get one with `tessera login <address>`" : "";
  const error = `${message}${help}`;
  return { error, code, ...(issues === undefined ? {} : { issues }), exitCode: 1 };
}

function failureOf(error: unknown): Failure | undefined {
  if (error instanceof CliError) {
    const code = error.exitCode === USAGE ? "usage" : "failed";
    return { error: error.message, code, exitCode: error.exitCode };
  }
  if (error instanceof ApiError) return apiFailure(error);
  if (error instanceof UnreachableError) {
    const words = `${error.message}. Is the platform up, and the address right?`;
    return { error: words, code: "unreachable", exitCode: 1 };
  }
  // A file that cannot be read or written, a full disk: the system's words say which.
  if (error instanceof Error && "syscall" in error) {
    return { error: error.message, code: "system", exitCode: 1 };
  }
  return undefined;
}

function inWords({ error, issues = [] }: Failure): string {
  const further = issues.filter(({ path, message }) => error !== `${path}: ${message}`);
  return [error, ...further.map(({ path, message }) => `  ${path}: ${message}`)].join("\n");
}

/** Whether results are wanted as JSON: what stands behind `--` is not ours. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return argv.slice(0, end === -1 ? undefined : end).includes("--json");
}

/**
 * Says what went wrong. Faults of our own, which nobody can act on, are thrown on.
 *
 * @returns the exit code.
 */
export function reportFailure(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) return reportUsage(error, json);
  const failure = failureOf(error);
  if (failure === undefined) throw error;
  const { exitCode, ...told } = failure;
  if (json) process.stdout.write(`${JSON.stringify(told)}\n`);
  else process.stderr.write(`tessera: ${inWords(failure)}\n`);
  return exitCode;
}

/** Commander has written its own words already, but not for programs. */
function reportUsage({ message, exitCode }: CommanderError, json: boolean): number {
  if (exitCode === 0) return 0;
  const error = message.replace(/^error: /, "");
  if (json) process.stdout.write(`${JSON.stringify({ error, code: "usage" })}\n`);
  return USAGE;
}

/** Ends when nobody reads the results any more, as `head` does, or when they cannot be written. */
export function endWithItsReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(READER_GONE);
    process.stderr.write(`tessera: standard output: ${error.message}\n`);
    process.exit(1);
  });
}
