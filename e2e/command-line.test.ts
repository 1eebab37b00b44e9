import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listAllJobs } from "@tessera/contracts/job";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { removeHome, startPlatform, type TestPlatform } from "./support/platform.ts";

const onTerminal = join(import.meta.dirname, "support/on-terminal.py");
const cli = join(import.meta.dirname, "../apps/cli/bin/tessera.mjs");

describe("the command line, from another folder and with a token", () => {
  let platform: TestPlatform;
  let folder: string;

  beforeAll(async () => {
    platform = await startPlatform();
    folder = await mkdtemp(join(tmpdir(), "tessera-elsewhere-"));
  });
  afterAll(async () => {
    await platform.stop();
    await removeHome(platform.home);
    await removeHome(folder);
  });

  function environment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
    const { PATH = "" } = process.env;
    const { url: TESSERA_URL, token: TESSERA_TOKEN } = platform;
    return { PATH, HOME: folder, TESSERA_URL, TESSERA_TOKEN, ...extra };
  }

  function start(args: readonly string[], env = environment()) {
    return spawn(process.execPath, [cli, ...args], { cwd: folder, env });
  }

  async function run(args: readonly string[], env = environment()) {
    const child = start(args, env);
    const [stdout, stderr] = [child.stdout.toArray(), child.stderr.toArray()];
    const [code] = (await once(child, "exit")) as [number | null];
    return { code, stdout: (await stdout).join(""), stderr: (await stderr).join("") };
  }

  it("runs a command that needs no code; its own options are its own", async () => {
    const result = await run(["run", "echo", "--json", "hi"]);
    expect(result).toMatchObject({ code: 0, stdout: "--json hi\n" });
    expect(result.stderr).toMatch(/^echo-\w+ {2}http.*\necho-\w+ finished\n$/);
  });

  it.each([
    { args: ["run", "--retries", "x", "--", "true"], code: "usage", exit: 2 },
    { args: ["frobnicate"], code: "usage", exit: 2 },
    { args: ["logs", "nonsense"], code: "usage", exit: 2 },
    { args: ["run", "--code", "/nowhere", "--", "true"], code: "failed", exit: 1 },
    { args: ["run", "--tier", "huge", "--", "true"], code: "invalid_argument", exit: 1 },
    { args: ["ps", "--project", "none"], code: "not_found", exit: 1 },
  ])("tells programs of a failure: $args", async ({ args, code, exit }) => {
    const [command = "", ...rest] = args;
    const result = await run([command, "--json", ...rest]);
    expect(result).toMatchObject({ code: exit, stderr: "" });
    expect(JSON.parse(result.stdout)).toMatchObject({ code, error: expect.any(String) });
  });

  it("says what is wrong with an address or a token", async () => {
    const wrong = await run(["ps"], environment({ TESSERA_TOKEN: "wrong" }));
    expect(wrong).toMatchObject({ code: 1, stdout: "" });
    expect(wrong.stderr).toContain("tessera login");
    const nobody = await run(["ps"], environment({ TESSERA_URL: "http://127.0.0.1:1" }));
    expect(nobody.stderr).toContain("Could not reach http://127.0.0.1:1");
    const nonsense = await run(["ps"], environment({ TESSERA_URL: "127.0.0.1:3000" }));
    expect(nonsense.stderr).toContain("TESSERA_URL");
  });

  it("shows the last lines, none for 0, and finds a job by any end of its id", async () => {
    const detached = await run(["run", "--json", "--detach", "--", "seq", "5"]);
    const { id } = JSON.parse(detached.stdout);
    expect(await run(["logs", "-f", id])).toMatchObject({ stdout: "1\n2\n3\n4\n5\n" });
    expect(await run(["logs", "--tail", "2", id.slice(-8)])).toMatchObject({ stdout: "4\n5\n" });
    expect(await run(["logs", "-f", "--tail", "1", id])).toMatchObject({ stdout: "5\n" });
    expect(await run(["logs", "--tail", "0", id])).toMatchObject({ code: 0, stdout: "" });
  });

  it("cancels on Ctrl-C where nobody can be asked", async () => {
    const child = start(["run", "--", "sh", "-c", "echo up; exec sleep 60"]);
    const exit = once(child, "exit");
    await once(child.stdout, "data");
    child.kill("SIGINT");
    expect(await exit).toEqual([130, null]);
    const { items } = await platform.client.call(listAllJobs, { query: { state: "cancelled" } });
    expect(items[0]?.command).toContain("echo up; exec sleep 60");
  });

  it.each([
    { does: "leaves the job for d", typed: "d\r", code: 0, told: /Left running/, state: "running" },
    {
      does: "leaves the job for another Ctrl-C",
      typed: "\u0003",
      code: 0,
      told: /Left running/,
      state: "running",
    },
    { does: "cancels for c", typed: "c\r", code: 130, told: /cancelled by/, state: "cancelled" },
    {
      does: "goes on for Enter",
      typed: "\r",
      code: 4,
      told: /exited with code 4/,
      state: "failed",
    },
  ])("on a terminal, Ctrl-C asks, and $does", async ({ typed, code, told, state }) => {
    const script = "for i in 1 2 3 4 5 6; do echo tick $i; sleep 0.4; done; exit 4";
    const command = [process.execPath, cli, "run", "sh", "-c", script];
    const steps = ["tick 2", "\u0003", "go on (Enter)? ", typed];
    const child = spawn("python3", [onTerminal, ...steps, "--", ...command], {
      cwd: folder,
      env: environment(),
    });
    const shown = child.stdout.toArray();
    expect((await once(child, "exit"))[0]).toBe(code);
    const text = (await shown).join("");
    expect(text).toMatch(told);
    // Nothing is printed into the question.
    expect(text).toMatch(/\(Enter\)\? (d|c|\^C)?[\r\n]/);
    const { items } = await platform.client.call(listAllJobs, { query: { limit: 1 } });
    expect(items[0]).toMatchObject({ state });
    await run(["cancel", items[0]?.id ?? ""]);
  });

  async function loginTyping(typed: string) {
    const { TESSERA_URL: _url, TESSERA_TOKEN: _token, ...env } = environment();
    const command = [process.execPath, cli, "login", platform.url];
    const args = [onTerminal, "Token: ", typed, "--", ...command];
    const child = spawn("python3", args, { cwd: folder, env });
    const shown = child.stdout.toArray();
    const [code] = (await once(child, "exit")) as [number | null];
    return { code, text: (await shown).join(""), env };
  }

  it("keeps a token that is typed unseen, for this user alone", async () => {
    expect(await loginTyping("\u0003")).toMatchObject({
      code: 1,
      text: expect.stringMatching(/No token was given\s*$/),
    });
    const { code, text, env } = await loginTyping(`${platform.token}\r`);
    expect(text).toContain(`Signed in to ${platform.url}`);
    expect(code).toBe(0);
    expect(text).not.toContain(platform.token.slice(0, 12));
    const file = join(folder, ".config/tessera/credentials.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await run(["ps"], env)).toMatchObject({ code: 0, stderr: "" });
  });

  it("ends with whoever reads its output", async () => {
    const child = start(["run", "seq", "200000"]);
    await once(child.stdout, "data");
    child.stdout.destroy();
    expect(await once(child, "exit")).toEqual([141, null]);
  });

  it("runs a repository at a commit", async () => {
    const repository = join(folder, "repository");
    await mkdir(repository);
    await writeFile(join(repository, "say.sh"), "echo from the repository\n");
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", repository, "-c", "user.name=a", "-c", "user.email=a@b", ...args]);
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "-m", "first");
    git("tag", "v1");
    const address = ["--git", `file://${repository}`];
    expect(await run(["run", ...address, "sh", "say.sh"])).toMatchObject({
      code: 0,
      stdout: "from the repository\n",
    });
    const missing = await run(["run", ...address, "--commit", "v2", "--", "true"]);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('no commit, branch or tag "v2"');
  });
});
