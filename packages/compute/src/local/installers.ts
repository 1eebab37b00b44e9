import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Python } from "./find-python.ts";
import type { ToolEnd, ToolRun } from "./run-tool.ts";
import { runTool } from "./run-tool.ts";

/** What a tool is run with, apart from its arguments. */
export type ToolSurroundings = Omit<ToolRun, "argv">;

/** Thrown inside this package: a tool ended with a failure. */
export class ToolFailure extends Error {
  readonly log: string;

  constructor(end: ToolEnd) {
    super(`exit code ${end.exitCode}`);
    this.log = end.log;
  }
}

/** A way to resolve and install Python packages. */
export interface Installer {
  readonly name: "uv" | "pip";
  /** "name==version" lines for all that a file in the folder of work asks for, dependencies included. */
  resolve(requirementsFile: string): Promise<string[]>;
  createEnvironment(path: string): Promise<void>;
  install(environment: string, lockFile: string): Promise<void>;
}

/** uv when it is on PATH or beside the interpreter, else the interpreter's own venv and pip. */
export async function chooseInstaller(
  python: Python,
  surroundings: ToolSurroundings,
): Promise<Installer> {
  const uv = await findUv(python, surroundings.env["PATH"] ?? "");
  if (!uv) return pipInstaller(python, withPipSettings(surroundings));
  const settings = await uvSettings(python, surroundings.env);
  return uvInstaller(uv, python, { ...surroundings, env: settings });
}

async function findUv(python: Python, path: string): Promise<string | undefined> {
  for (const folder of [...path.split(":"), dirname(python.executable)]) {
    if (!folder.startsWith("/")) continue;
    const candidate = join(folder, "uv");
    const usable = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return candidate;
  }
  return undefined;
}

async function succeed(run: ToolRun): Promise<ToolEnd> {
  const end = await runTool(run);
  if (end.exitCode !== 0) throw new ToolFailure(end);
  return end;
}

function uvInstaller(uv: string, python: Python, surroundings: ToolSurroundings): Installer {
  const run = (...args: string[]) => succeed({ ...surroundings, argv: [uv, ...args] });
  // Requirements are written for pip, which takes the best version of all indexes.
  const asPip = ["--index-strategy", "unsafe-best-match"];
  return {
    name: "uv",
    async resolve(requirementsFile) {
      const output = `${requirementsFile}.lock`;
      const plain = ["--no-header", "--no-annotate", "--output-file", output];
      const version = ["--python", python.executable];
      await run("pip", "compile", ...version, ...asPip, ...plain, requirementsFile);
      return (await readFile(join(surroundings.cwd, output), "utf8"))
        .split("\n")
        .filter((line) => line.trim() !== "");
    },
    async createEnvironment(path) {
      await run("venv", "--seed", "--python", python.executable, path);
    },
    async install(environment, lockFile) {
      const into = ["--python", join(environment, "bin", "python")];
      await run("pip", "install", ...into, ...asPip, "--no-deps", "-r", lockFile);
    },
  };
}

const pipFlags = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"];

function pipInstaller(python: Python, surroundings: ToolSurroundings): Installer {
  const createEnvironment = async (path: string) => {
    await succeed({ ...surroundings, argv: [python.executable, "-m", "venv", path] });
  };
  const pip = (environment: string, ...args: string[]) =>
    runTool({ ...surroundings, argv: [join(environment, "bin", "python"), "-m", "pip", ...args] });
  const install = async (environment: string, ...args: string[]) => {
    const end = await pip(environment, "install", ...pipFlags, ...args);
    if (end.exitCode !== 0) throw new ToolFailure(end);
  };
  return {
    name: "pip",
    createEnvironment,
    async resolve(requirementsFile) {
      const scratch = join(surroundings.cwd, `${requirementsFile}.venv`);
      const report = join(surroundings.cwd, `${requirementsFile}.json`);
      await createEnvironment(scratch);
      const ask = ["--dry-run", "--ignore-installed", "--report", report, "-r", requirementsFile];
      const end = await pip(scratch, "install", ...pipFlags, ...ask);
      if (end.exitCode === 0) return readReport(await readFile(report, "utf8"));
      if (!/no such option: --(dry-run|report)/.test(end.log)) throw new ToolFailure(end);
      // pip before 22.2 cannot resolve without installing.
      await install(scratch, "-r", requirementsFile);
      const frozen = await pip(scratch, "freeze");
      if (frozen.exitCode !== 0) throw new ToolFailure(frozen);
      return frozen.log.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
    },
    install: (environment, lockFile) => install(environment, "--no-deps", "-r", lockFile),
  };
}

interface PipReport {
  readonly install: readonly {
    readonly metadata: { readonly name: string; readonly version: string };
    readonly is_direct: boolean;
    readonly download_info: {
      readonly url: string;
      readonly vcs_info?: { readonly vcs: string; readonly commit_id: string };
    };
  }[];
}

/** Lock lines of pip's installation report (version 1). */
export function readReport(text: string): string[] {
  const report = JSON.parse(text) as PipReport;
  return report.install
    .map(({ metadata, is_direct: isDirect, download_info: source }) => {
      const name = metadata.name.toLowerCase().replaceAll(/[-_.]+/g, "-");
      if (!isDirect) return `${name}==${metadata.version}`;
      const { vcs_info: vcs, url } = source;
      return vcs ? `${name} @ ${vcs.vcs}+${url}@${vcs.commit_id}` : `${name} @ ${url}`;
    })
    .toSorted();
}

function withPipSettings(surroundings: ToolSurroundings): ToolSurroundings {
  return { ...surroundings, env: { ...surroundings.env, PYTHONUNBUFFERED: "1" } };
}

/** uv does not read pip's configuration: hands it what that says about indexes. */
async function uvSettings(
  python: Python,
  env: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const own = {
    UV_PYTHON_DOWNLOADS: "never",
    UV_NO_PROGRESS: "1",
    NO_COLOR: "1",
  };
  const isConfigured = ["UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX"].some((name) => env[name]);
  if (isConfigured) return { ...env, ...own };
  const listed = await promisify(execFile)(python.executable, ["-m", "pip", "config", "list"], {
    env: { ...env },
    timeout: 20_000,
  }).catch(() => ({ stdout: "" }));
  return { ...uvVariablesOf(listed.stdout), ...env, ...own };
}

const variableOf: Readonly<Record<string, { name: string; separator: string }>> = {
  "index-url": { name: "UV_DEFAULT_INDEX", separator: " " },
  "extra-index-url": { name: "UV_INDEX", separator: " " },
  "find-links": { name: "UV_FIND_LINKS", separator: "," },
  "trusted-host": { name: "UV_INSECURE_HOST", separator: " " },
  "no-index": { name: "UV_NO_INDEX", separator: " " },
  cert: { name: "SSL_CERT_FILE", separator: " " },
};

/** uv's variables for the lines of `pip config list`: global, then user, then environment. */
export function uvVariablesOf(pipConfig: string): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const line of pipConfig.split("\n")) {
    const match = /^(?:global|install|user|site|:env:)\.([a-z-]+)='(.*)'$/.exec(line.trim());
    const target = variableOf[match?.[1] ?? ""];
    if (!match || !target) continue;
    const values = (match[2] ?? "").split(/\\n|\s+/).filter((value) => value !== "");
    if (values.length > 0) variables[target.name] = values.join(target.separator);
  }
  return variables;
}
