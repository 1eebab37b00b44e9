import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { access, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { findPython } from "./find-python.ts";
import { isAlive } from "./local-harness.ts";
import { buildEnvironment, resolveRequirements } from "./python-environment.ts";
import { createSlowPackage } from "./slow-package.ts";

const run = promisify(execFile);
const workerEnv = process.env as Record<string, string>;
let tools: string;
let uvFolder: string;
let workerBundle: string;

beforeAll(async () => {
  tools = await mkdtemp(join(tmpdir(), "tessera-tools-"));
  workerBundle = join(tools, "worker.cjs");
  await build({
    entryPoints: [join(import.meta.dirname, "build-test-worker.ts")],
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile: workerBundle,
  });
  const python = await findPython({ env: workerEnv });
  const arguments_ = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  await run(python.executable, [...arguments_, "--target", join(tools, "uv"), "uv>=0.9"]);
  uvFolder = join(tools, "uv", "bin");
}, 180_000);

afterAll(() => rm(tools, { recursive: true, force: true }));

let tool: "pip" | "uv";
let folder: string;
let root: string;
let log: string[];
const onLog = (line: string) => log.push(line);

beforeEach(async () => {
  tool = "uv";
  folder = await mkdtemp(join(tmpdir(), "tessera-environment-"));
  root = join(folder, "environments");
  log = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** The worker's environment with or without uv on PATH, and with caches of its own. */
function environment(): Record<string, string> {
  const folders = (workerEnv["PATH"] ?? "").split(delimiter);
  const withoutUv = folders.filter((each) => !existsSync(join(each, "uv")));
  const path = tool === "uv" ? [uvFolder, ...folders] : withoutUv;
  const caches = { PIP_CACHE_DIR: join(folder, "pip"), UV_CACHE_DIR: join(folder, "uv") };
  return { ...workerEnv, ...caches, PATH: path.join(delimiter), SECRET_OF_WORKER: "s3cret" };
}

const common = () => ({ env: environment(), onLog });

async function ask(path: string, question: string): Promise<string> {
  const { stdout } = await run(join(path, "bin", "python"), ["-c", question]);
  return stdout.trim();
}

async function slow() {
  const python = await findPython({ env: workerEnv });
  const version = python.version.split(".", 2).join(".");
  const made = await createSlowPackage(join(folder, "index"), version);
  await made.hold();
  return made;
}

const seen = (builds: () => Promise<number[]>, count: number) =>
  vi.waitFor(async () => expect(await builds()).toHaveLength(count), {
    timeout: 120_000,
    interval: 50,
  });

function startWorker(lock: string) {
  const args = [workerBundle, root, lock, JSON.stringify(environment())];
  const worker = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  worker.stdout.on("data", (data) => (output += data));
  worker.stderr.on("data", (data) => log.push(String(data)));
  const ended = new Promise<string>((resolve) => worker.once("close", () => resolve(output)));
  return { worker, ended };
}

describe.each(["pip", "uv"] as const)("with %s", { timeout: 240_000 }, (name) => {
  beforeEach(() => {
    tool = name;
  });

  test("resolves, builds once, and the environment has what the lock says", async () => {
    const lock = await resolveRequirements({
      ...common(),
      requirementsText: "python-dateutil==2.8.2  # needs six\nsix<1.17\n",
    });
    expect(lock).toMatch(/^# python 3\.\d+\npython-dateutil==2\.8\.2\nsix==1\.16\.0\n$/);
    expect(log.join("\n")).toContain(`with ${tool}`);
    const path = await buildEnvironment({ ...common(), root, lock });
    expect(path).toMatch(new RegExp(`^${root}/[0-9a-f]{64}$`));
    expect(await ask(path, "import six, dateutil; print(six.__version__)")).toBe("1.16.0");
    const built = log.length;
    expect(await buildEnvironment({ ...common(), root, lock: `${lock}\n# note\n` })).toBe(path);
    expect(log).toHaveLength(built);
    expect(await readdir(root)).toEqual([path.slice(root.length + 1)]);
  });

  test("what cannot be resolved fails with the line that says why", async () => {
    const requirementsText = "six\nnumpyy-that-does-not-exist==9.9\n";
    const failure = resolveRequirements({ ...common(), requirementsText });
    await expect(failure).rejects.toMatchObject({
      code: "failed_precondition",
      message: expect.stringMatching(/numpyy-that-does-not-exist/),
    });
    expect(log.join("\n")).toContain("numpyy-that-does-not-exist");
  });

  test("a build whose worker is killed is begun anew, with nothing left of the old one", async () => {
    const { lock, builds, release } = await slow();
    const { worker, ended } = startWorker(lock);
    await seen(builds, 1);
    worker.kill("SIGKILL");
    await ended;
    const path = buildEnvironment({ ...common(), root, lock });
    await seen(builds, 2);
    const [first = 0, second = 0] = await builds();
    expect([await isAlive(first), await isAlive(second)]).toEqual([false, true]);
    const half = (await readdir(root)).find((name) => /^[0-9a-f]{64}$/.test(name)) ?? "";
    await access(join(root, half, "bin", "python"));
    await expect(access(join(root, half, "tessera-ready"))).rejects.toMatchObject({
      code: "ENOENT",
    });
    await release();
    expect(await path).toBe(join(root, half));
    expect(await ask(await path, "import slowpkg; print(slowpkg.answer)")).toBe("42");
    expect(await readdir(root)).toEqual([half]);
  });
});

describe("whatever builds it", { timeout: 240_000 }, () => {
  test("a lock that cannot be installed leaves nothing behind", async () => {
    const python = await findPython({ env: workerEnv });
    const lock = `# python ${python.version.split(".", 2).join(".")}\nsix==0.0.9999\n`;
    await expect(buildEnvironment({ ...common(), root, lock })).rejects.toMatchObject({
      code: "failed_precondition",
      message: expect.stringMatching(/six/),
    });
    expect(await readdir(root)).toEqual([]);
  });

  test("a lock of another Python than there is says so", async () => {
    const lock = "# python 3.99\nsix==1.16.0\n";
    await expect(buildEnvironment({ ...common(), root, lock })).rejects.toMatchObject({
      code: "failed_precondition",
      message: expect.stringContaining("Python 3.99 is needed"),
    });
  });

  test("a build is done once for all who want it, in this process and in others", async () => {
    const { lock, builds, release } = await slow();
    const others = [startWorker(lock), startWorker(lock)];
    const own = [1, 2].map(() => buildEnvironment({ ...common(), root, lock }));
    await seen(builds, 1);
    await vi.waitFor(() => expect(log.join("\n").match(/Waiting for process/g)).toHaveLength(3), {
      timeout: 30_000,
    });
    await release();
    const paths = await Promise.all([...own, ...others.map((other) => other.ended)]);
    expect(new Set(paths).size).toBe(1);
    expect(await builds()).toHaveLength(1);
    expect(await ask(paths[0] ?? "", "import slowpkg; print(slowpkg.answer)")).toBe("42");
  });

  test("a build ends when it is cancelled", async () => {
    const { lock, builds } = await slow();
    const closing = new AbortController();
    const path = buildEnvironment({ ...common(), root, lock, signal: closing.signal });
    await seen(builds, 1);
    closing.abort();
    await expect(path).rejects.toMatchObject({ code: "cancelled" });
    const [pid = 0] = await builds();
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect(await readdir(root)).toEqual([]);
  });

  test("a build sees no secret of the worker", async () => {
    const { lock, builds, release } = await slow();
    const path = buildEnvironment({ ...common(), root, lock });
    await seen(builds, 1);
    const [pid = 0] = await builds();
    const { stdout } = await run("ps", ["eww", "-o", "command=", "-p", String(pid)]);
    expect(stdout).toContain("PATH=");
    expect(stdout).not.toContain("s3cret");
    await release();
    await path;
  });

  test("an environment whose interpreter went away is built anew", async () => {
    const lock = await resolveRequirements({ ...common(), requirementsText: "# nothing\n" });
    const path = await buildEnvironment({ ...common(), root, lock });
    for (const name of await readdir(join(path, "bin"))) {
      if (name.startsWith("python")) await rm(join(path, "bin", name));
    }
    await writeFile(join(path, "stale"), "");
    expect(await buildEnvironment({ ...common(), root, lock })).toBe(path);
    expect(await ask(path, "print(1)")).toBe("1");
    await expect(access(join(path, "stale"))).rejects.toMatchObject({ code: "ENOENT" });
  });
});
