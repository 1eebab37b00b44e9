import { readFile } from "node:fs/promises";
import type { Method } from "@tessera/contracts/search-space";
import { Method as MethodShape } from "@tessera/contracts/search-space";
import { CreateSweep } from "@tessera/contracts/sweep";
import { parse } from "yaml";
import { z } from "zod";
import { CliError } from "../cli-error.ts";

const USAGE = 2;

/** What an option such as `tpe:startupTrials=5,gamma=0.2` says. */
export function methodOf(text: string): Method {
  const [name = "", list = ""] = text.split(/:(.*)/s);
  if (list === "") return { name };
  const pairs = list.split(",").map((pair): [string, number | boolean] => {
    const [key = "", value = ""] = pair.split(/=(.*)/s);
    const number = Number(value);
    if (value === "true" || value === "false") return [key.trim(), value === "true"];
    if (value.trim() !== "" && !Number.isNaN(number)) return [key.trim(), number];
    throw new CliError(`"${text}": ${pair} is not option=number`, USAGE);
  });
  return { name, options: Object.fromEntries(pairs) };
}

const NamedMethod = z.union([z.string().transform(methodOf), MethodShape]);

/** A sweep's file: what the options say, and the space, which they cannot. */
const SweepFile = CreateSweep.omit({ job: true, maxTrials: true })
  .extend({
    command: z.array(z.union([z.string(), z.number(), z.boolean()]).transform(String)).min(1),
    trials: CreateSweep.shape.maxTrials,
    sampler: NamedMethod,
    pruner: NamedMethod,
  })
  .partial();
export type SweepFile = z.infer<typeof SweepFile>;

/** @throws CliError with every fault of the file */
export async function readSweepFile(path: string): Promise<SweepFile> {
  const text = await readFile(path, "utf8");
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new CliError(`${path}: ${error instanceof Error ? error.message : "is no YAML"}`, USAGE);
  }
  const read = SweepFile.safeParse(value);
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new CliError([`${path} is not a sweep:`, ...faults].join("\n"), USAGE);
}

export interface SweepOptions {
  readonly name?: string | undefined;
  readonly minimize?: string | undefined;
  readonly maximize?: string | undefined;
  readonly trials?: number | undefined;
  readonly parallel?: number | undefined;
  readonly sampler?: Method | undefined;
  readonly pruner?: Method | undefined;
  readonly seed?: number | undefined;
}

function goalOf(file: SweepFile, { minimize, maximize }: SweepOptions) {
  if (minimize !== undefined && maximize !== undefined) {
    throw new CliError("--minimize and --maximize exclude each other", USAGE);
  }
  if (minimize !== undefined) return { metric: minimize, direction: "minimize" as const };
  if (maximize !== undefined) return { metric: maximize, direction: "maximize" as const };
  const { metric, direction } = file;
  if (metric !== undefined && direction !== undefined) return { metric, direction };
  throw new CliError("Name what to search for: --minimize <metric> or --maximize <metric>", USAGE);
}

/** The sweep that a file and options ask for, but for its job; options win. */
export function sweepOf(file: SweepFile, options: SweepOptions): Omit<CreateSweep, "job"> {
  const { command: _, trials: _trials, ...rest } = file;
  const maxTrials = options.trials ?? file.trials;
  if (maxTrials === undefined) throw new CliError("Say how many trials: --trials <n>", USAGE);
  const { name, sampler, pruner, seed, parallel } = options;
  return {
    ...rest,
    ...goalOf(file, options),
    maxTrials,
    ...(name === undefined ? {} : { name }),
    ...(sampler === undefined ? {} : { sampler }),
    ...(pruner === undefined ? {} : { pruner }),
    ...(seed === undefined ? {} : { seed }),
    ...(parallel === undefined ? {} : { parallelism: parallel }),
  };
}
