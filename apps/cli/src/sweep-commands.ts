import { type Command, Option } from "commander";
import { sweep } from "./commands/sweep.ts";
import {
  cancelIt,
  extend,
  listThem,
  pause,
  type ProjectOption,
  resume,
  show,
} from "./commands/sweeps.ts";
import { sweepHelp } from "./help.ts";
import { addJobOptions, wholeNumber } from "./option-values.ts";
import type { Session } from "./session.ts";
import { methodOf } from "./sweeps/sweep-request.ts";

type WithSession = (work: (session: Session) => Promise<void>) => Promise<void>;

const jsonOption = () => new Option("--json", "results, and failures, as JSON on standard output");

function addSweep(program: Command, withSession: WithSession): void {
  const command = program
    .command("sweep")
    .description("search for the values with which a command does best")
    .argument("[command...]", "what each trial runs, with placeholders")
    .option("-f, --file <file>", "YAML file that describes the sweep; options win over it")
    .option("--minimize <metric>", "metric that the command logs, to be small")
    .option("--maximize <metric>", "metric that the command logs, to be large")
    .option("-n, --trials <n>", "how many trials", wholeNumber)
    .option("-j, --parallel <n>", "how many at a time (default: 2)", wholeNumber)
    .option("--sampler <name[:option=n,…]>", "tpe (default), random, quasi-random, grid", methodOf)
    .option("--pruner <name[:option=n,…]>", "end bad trials early: median, asha", methodOf)
    .option("--seed <n>", "the same seed and results give the same trials", wholeNumber)
    .option("--name <name>", "name of the sweep");
  addJobOptions(command)
    .option("-d, --detach", "start it and print its id, without waiting")
    .addOption(jsonOption())
    .passThroughOptions()
    .addHelpText("after", sweepHelp)
    .action((words: string[], options: Parameters<typeof sweep>[2]) =>
      withSession((session) => sweep(session, words, options)),
    );
}

interface One {
  readonly name: string;
  readonly description: string;
  readonly work: (session: Session, text: string, options: ProjectOption) => Promise<void>;
}

const ones: readonly One[] = [
  { name: "show", description: "a sweep and its trials", work: show },
  { name: "pause", description: "start no more trials", work: pause },
  { name: "resume", description: "go on with a paused sweep", work: resume },
  { name: "cancel", description: "end a sweep and all of its trials", work: cancelIt },
];

function addSweeps(program: Command, withSession: WithSession): void {
  const group = program.command("sweeps").description("the sweeps of a project");
  const projectOption = () => new Option("--project <slug>", "the sweep's project");
  group
    .command("list", { isDefault: true })
    .description("sweeps, newest first")
    .option("--limit <n>", "at most so many", wholeNumber, 50)
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((options: Parameters<typeof listThem>[1]) =>
      withSession((session) => listThem(session, options)),
    );
  for (const { name, description, work } of ones) {
    group
      .command(name)
      .description(description)
      .argument("<sweep>", "its name or id, or the beginning or end of the id")
      .addOption(projectOption())
      .addOption(jsonOption())
      .action((text: string, options: ProjectOption) =>
        withSession((session) => work(session, text, options)),
      );
  }
  group
    .command("extend")
    .description("allow a sweep more trials; a finished one goes on")
    .argument("<sweep>", "its name or id, or the beginning or end of the id")
    .requiredOption("-n, --trials <n>", "how many more", wholeNumber)
    .option("-j, --parallel <n>", "how many at a time from now on", wholeNumber)
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((text: string, options: Parameters<typeof extend>[2]) =>
      withSession((session) => extend(session, text, options)),
    );
}

/** `sweep`, which starts one, and `sweeps`, which looks after them. */
export function addSweepCommands(program: Command, withSession: WithSession): void {
  addSweep(program, withSession);
  addSweeps(program, withSession);
}
