import { Command, Option } from "commander";
import { cancel } from "./commands/cancel.ts";
import { dataDiff, dataLs, dataPull, dataPush } from "./commands/data.ts";
import { login } from "./commands/login.ts";
import { logs } from "./commands/logs.ts";
import { ps } from "./commands/ps.ts";
import { quickstart } from "./commands/quickstart.ts";
import { run } from "./commands/run.ts";
import { stop } from "./commands/stop.ts";
import { up } from "./commands/up.ts";
import { readCliEnv } from "./env.ts";
import { dataHelp, platformHelp, runHelp } from "./help.ts";
import { addJobOptions, wholeNumber } from "./option-values.ts";
import { createOutput, type Output } from "./output/output.ts";
import { endWithItsReader, reportFailure, wantsJson } from "./report-failure.ts";
import { openSession, type Session } from "./session.ts";
import { addSweepCommands } from "./sweep-commands.ts";

const env = readCliEnv();
/** A guess until the words are understood, for failures to understand them. */
let json = wantsJson(process.argv);

const program = new Command()
  .name("tessera")
  .description("Submit, follow and look after work on a Tessera platform")
  .option("--json", "results, and failures, as JSON on standard output")
  .enablePositionalOptions()
  .showHelpAfterError("(`tessera <command> --help` says what is taken)")
  .configureOutput({ writeErr: (text) => void (json || process.stderr.write(text)) })
  .addHelpText("after", platformHelp)
  .hook("preAction", (_, command) => {
    json = command.optsWithGlobals<{ json?: boolean }>().json === true;
  })
  .exitOverride();

const outputOf = (): Output => createOutput(json);
const withSession = async (work: (session: Session) => Promise<void>): Promise<void> =>
  work(await openSession(env, outputOf()));

const jsonOption = () => new Option("--json", "results, and failures, as JSON on standard output");

program
  .command("up")
  .description("start the whole platform on this machine; Ctrl-C stops it")
  .addOption(jsonOption())
  .action(() => up());

program
  .command("stop")
  .description("stop the platform that runs on this machine")
  .addOption(jsonOption())
  .action(() => stop(env, outputOf()));

program
  .command("login")
  .description("keep a platform's address and a token (made under Settings) for later commands")
  .argument("<address>", "such as https://tessera.example.org")
  .option("--token <token>", "instead of asking for it")
  .addOption(jsonOption())
  .action((address: string, options: { token?: string }) =>
    login({ env, output: outputOf() }, address, options),
  );

const runCommand = program
  .command("run")
  .description("run a command on the platform with this folder's code, and show its output")
  .argument("<command...>", "what to run; all that follows its first word belongs to it")
  .option("--name <name>", "name of the run");
addJobOptions(runCommand)
  .option("-d, --detach", "submit and print the id, without waiting")
  .addOption(jsonOption())
  .passThroughOptions()
  .addHelpText("after", runHelp)
  .action((command: string[], options: Parameters<typeof run>[2]) =>
    withSession((session) => run(session, command, options)),
  );

addSweepCommands(program, withSession);

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
  .description("a job's output: its standard output and error, as they were written")
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
  .description("end jobs: those that wait at once, those that run with SIGTERM, then SIGKILL")
  .argument("<id...>", "their ids")
  .option("--project <slug>", "the jobs' project")
  .addOption(jsonOption())
  .action((ids: string[], options: Parameters<typeof cancel>[2]) =>
    withSession((session) => cancel(session, ids, options)),
  );

const data = program
  .command("data")
  .description("datasets: numbered versions of folders of files")
  .addHelpText("after", dataHelp);

data
  .command("push")
  .description("make a folder, or a file, the next version of a dataset")
  .argument("<source>", "what is there already is not sent again; after a break, just push again")
  .requiredOption("--dataset <name>", "made when it is new")
  .option("-m, --message <text>", "what is new in it")
  .option("--tag <name>", "point this tag at the version")
  .option("--project <slug>", "the dataset's project")
  .addOption(jsonOption())
  .action((source: string, options: Parameters<typeof dataPush>[2]) =>
    withSession((session) => dataPush(session, source, options)),
  );

data
  .command("pull")
  .description("write a version's files into a folder; after a break, just pull again")
  .argument("<dataset>", "name, name@3 or name@tag; the newest version unless told")
  .argument("[folder]", "where to (default: the dataset's name)")
  .option("--force", "replace files that are there with other content")
  .option("--project <slug>", "the dataset's project")
  .addOption(jsonOption())
  .action((ref: string, folder: string | undefined, options: Parameters<typeof dataPull>[2]) =>
    withSession((session) => dataPull(session, { ref, folder }, options)),
  );

data
  .command("ls")
  .description("datasets; the versions of one; the files of a version")
  .argument("[dataset]", "name, or name@version")
  .option("--project <slug>", "the datasets' project")
  .addOption(jsonOption())
  .action((ref: string | undefined, options: Parameters<typeof dataLs>[2]) =>
    withSession((session) => dataLs(session, ref, options)),
  );

data
  .command("diff")
  .description("files that differ from one version to another: + added, - removed, ~ changed")
  .argument("<dataset>", "name@version")
  .argument("[version]", "a number or a tag (default: the newest version)")
  .option("--project <slug>", "the dataset's project")
  .addOption(jsonOption())
  .action((from: string, to: string | undefined, options: Parameters<typeof dataDiff>[2]) =>
    withSession((session) => dataDiff(session, { from, to }, options)),
  );

program
  .command("quickstart")
  .description("from nothing to six tracked runs of a real training")
  .option("--exit", "stop the platform at the end")
  .addOption(jsonOption())
  .action((options: { exit?: boolean }) => quickstart(env, outputOf(), options));

endWithItsReader();
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error, json);
}
