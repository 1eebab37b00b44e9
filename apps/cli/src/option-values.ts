import { type Command, InvalidArgumentError } from "commander";

/** A whole number from 0. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError("must be a whole number from 0");
}

/** A whole number, negative ones too. */
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

/** The values of an option that may be given again. */
const collect = (text: string, list: string[] = []): string[] => [...list, text];

/** Options of commands that submit jobs, as JobOptions has them. */
export function addJobOptions(command: Command): Command {
  return command
    .option("--project <slug>", "project (default: TESSERA_PROJECT, or your own)")
    .option("--tier <name>", "hardware tier")
    .option("--env <name[@number]>", "environment")
    .option("-r, --requirements <file>", "Python packages for the environment (default: `default`)")
    .option("--experiment <name>", "experiment that it belongs to")
    .option("--retries <n>", "how often a failure is repeated", wholeNumber)
    .option("--timeout <time>", "stop it after so long: 90s, 15m, 2h", seconds)
    .option("--priority <n>", "higher goes first, -100 to 100", anyWholeNumber)
    .option("-e, --variable <NAME=VALUE>", "environment variable; repeatable", collect)
    .option(
      "--data <name[@version][:path]>",
      "dataset to find there, read-only; repeatable",
      collect,
    )
    .option("--code <folder>", "folder whose code to send", ".")
    .option("--git <url>", "repository to clone, instead of sending a folder")
    .option("--commit <ref>", "its commit, branch or tag (default: its main branch)");
}
