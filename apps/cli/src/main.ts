import { ApiError, UnreachableError } from "@tessera/client/api-error";
import { Command, InvalidArgumentError, Option } from "commander";
import { CliError } from "./cli-error.ts";
import { cancel } from "./commands/cancel.ts";
import { login } from "./commands/login.ts";
import { logs } from "./commands/logs.ts";
import { ps } from "./commands/ps.ts";
import { quickstart } from "./commands/quickstart.ts";
import { run } from "./commands/run.ts";
import { stop } from "./commands/stop.ts";
import { up } from "./commands/up.ts";
import { readCliEnv } from "./env.ts";
import { createOutput, type Output } from "./output/output.ts";
import { openSession, type Session } from "./session.ts";

const env = readCliEnv();

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError("must be a whole number from 0");
}

function anyWholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError("must be a whole number");
}

/** "90", "90s", "15m", "2h", "1d" as seconds. */
function seconds(text: string): number {
  const match = /^(\d+)([smhd]?)$/.exec(text);
  const factor = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 }[match?.[2] ?? ""];
  if (!match || factor === undefined) {
    throw new InvalidArgumentError("must be a time such as 90s, 15m or 2h");
  }
  return Number(match[1]) * factor;
}

const collect = (text: string, list: string[] = []): string[] => [...list, text];

const program = new Command()
  .name("tessera")
  .description("Submit, follow and look after work on a Tessera platform")
  .option("--json", "results as JSON on standard output")
  .showHelpAfterError("(`tessera <command> --help` says what is taken)")
  .exitOverride();

const outputOf = (): Output => createOutput(program.opts<{ json?: boolean }>().json === true);
const withSession = async (work: (session: Session) => Promise<void>): Promise<void> =>
  work(await openSession(env, outputOf()));

const jsonOption = () => new Option("--json", "results as JSON on standard output").hideHelp();

program
  .command("up")
  .description("start the whole platform on this machine; Ctrl-C stops it")
  .addOption(jsonOption())
  .action(() => up(env, { json: outputOf().json }));

program
  .command("stop")
  .description("stop the platform that runs on this machine")
  .addOption(jsonOption())
  .action(() => stop(env, outputOf()));

program
  .command("login")
  .description("keep a platform's address and a token for later commands")
  .argument("<address>", "such as https://tessera.example.org")
  .option("--token <token>", "instead of asking for it")
  .addOption(jsonOption())
  .action((address: string, options: { token?: string }) =>
    login({ env, output: outputOf() }, address, options),
  );

program
  .command("run")
  .description("run a command on the platform with this folder's code, and show its output")
  .argument("<command...>", "what to run, after --")
  .option("--project <slug>", "project (default: TESSERA_PROJECT, or your own)")
  .option("--tier <name>", "hardware tier")
  .option("--env <name[@number]>", "environment")
  .option("--name <name>", "name of the run")
  .option("--experiment <name>", "experiment that it belongs to")
  .option("--retries <n>", "how often a failure is repeated", wholeNumber)
  .option("--timeout <time>", "stop it after so long: 90s, 15m, 2h", seconds)
  .option("--priority <n>", "higher goes first, -100 to 100", anyWholeNumber)
  .option("-e, --variable <NAME=VALUE>", "environment variable; repeatable", collect)
  .option("--code <folder>", "folder whose code to send", ".")
  .option("-d, --detach", "submit and print the id, without waiting")
  .addOption(jsonOption())
  .action((command: string[], options: Parameters<typeof run>[2]) =>
    withSession((session) => run(session, command, options)),
  );

program
  .command("ps")
  .description("jobs that wait or run")
  .option("-a, --all", "ended ones too")
  .option("--project <slug>", "only of this project")
  .option("--limit <n>", "at most so many", wholeNumber, 50)
  .addOption(jsonOption())
  .action((options: Parameters<typeof ps>[1]) => withSession((session) => ps(session, options)));

program
  .command("logs")
  .description("a job's output")
  .argument("<id>", "its id, or the beginning or end of it")
  .option("-f, --follow", "go on until the job ends")
  .option("--tail <n>", "only the last lines", wholeNumber)
  .option("--project <slug>", "the job's project")
  .addOption(jsonOption())
  .action((id: string, options: Parameters<typeof logs>[2]) =>
    withSession((session) => logs(session, id, options)),
  );

program
  .command("cancel")
  .description("end jobs")
  .argument("<id...>", "their ids")
  .option("--project <slug>", "the jobs' project")
  .addOption(jsonOption())
  .action((ids: string[], options: Parameters<typeof cancel>[2]) =>
    withSession((session) => cancel(session, ids, options)),
  );

program
  .command("quickstart")
  .description("from nothing to six tracked runs of a real training")
  .option("--exit", "stop the platform at the end, if this started it")
  .addOption(jsonOption())
  .action((options: { exit?: boolean }) => quickstart(env, outputOf(), options));

function explain(error: unknown): { message: string; exitCode: number } | undefined {
  if (error instanceof CliError) return error;
  if (error instanceof ApiError) {
    const issues = error.problem.issues?.map((issue) => `\n  ${issue.path}: ${issue.message}`);
    return { message: `${error.message}${issues?.join("") ?? ""}`, exitCode: 1 };
  }
  if (error instanceof UnreachableError) {
    return { message: `${error.message}. Is the platform up, and the address right?`, exitCode: 1 };
  }
  return undefined;
}

/** Options such as --json may stand before or after the command's name, but not behind `--`. */
function hoistJson(argv: readonly string[]): string[] {
  const end = argv.indexOf("--");
  const ours = end === -1 ? argv : argv.slice(0, end);
  const rest = end === -1 ? [] : argv.slice(end);
  if (!ours.includes("--json")) return [...argv];
  return [
    ...ours.slice(0, 2),
    "--json",
    ...ours.slice(2).filter((word) => word !== "--json"),
    ...rest,
  ];
}

try {
  await program.parseAsync(hoistJson(process.argv));
} catch (error) {
  const known = explain(error);
  if (known !== undefined) {
    if (outputOf().json) process.stdout.write(`${JSON.stringify({ error: known.message })}\n`);
    else process.stderr.write(`tessera: ${known.message}\n`);
    process.exitCode = known.exitCode;
  } else if (error instanceof Error && "exitCode" in error && "code" in error) {
    process.exitCode = Number(error.exitCode) === 0 ? 0 : 2;
  } else {
    throw error;
  }
}
