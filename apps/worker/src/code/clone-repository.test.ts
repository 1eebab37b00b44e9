import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import type { Snapshot } from "@tessera/contracts/code";
import { cloneSnapshot } from "@tessera/usecases/code/clone-snapshot";
import { getSnapshot } from "@tessera/usecases/code/get-snapshot";
import { listSnapshotFiles } from "@tessera/usecases/code/list-snapshot-files";
import type { Context } from "@tessera/usecases/platform/platform";
import { type JobStage, startJobStage } from "@tessera/usecases/testing/job-stage";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloneRepository } from "./clone-repository.ts";

const run = promisify(execFile);
const env = { ...process.env } as Record<string, string>;

let stage: JobStage;
let folder: string;
let repository: string;
let first: string;

async function git(...args: string[]): Promise<string> {
  const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  const { stdout } = await run("git", ["-C", repository, ...identity, ...args]);
  return stdout.trim();
}

beforeAll(async () => {
  stage = await startJobStage();
  folder = await mkdtemp(join(tmpdir(), "tessera-repository-"));
  repository = join(folder, "origin");
  await mkdir(join(repository, "src"), { recursive: true });
  await git("init", "--quiet", "--initial-branch", "main");
  await writeFile(join(repository, "train.py"), "print(1)\n");
  await writeFile(join(repository, "src", "run.sh"), "#!/bin/sh\n");
  await chmod(join(repository, "src", "run.sh"), 0o755);
  await symlink("/etc/passwd", join(repository, "outside"));
  await git("add", ".");
  await git("commit", "--quiet", "-m", "first");
  first = await git("rev-parse", "HEAD");
  await git("tag", "v1");
  await writeFile(join(repository, "train.py"), "print(2)\n");
  await git("commit", "--quiet", "-am", "second");
});

afterAll(async () => {
  await stage?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Options {
  readonly ctx?: Context;
  readonly signal?: AbortSignal;
  readonly lastTry?: boolean;
}

async function clone(url: string, commit: string, options: Options = {}): Promise<Snapshot> {
  const { ctx = stage.system, signal = new AbortController().signal, lastTry = false } = options;
  const { project } = stage;
  const { id } = await cloneSnapshot(stage.person, { project, clone: { url, commit } });
  await cloneRepository(ctx, { snapshotId: id, env, signal, lastTry });
  return getSnapshot(stage.person, { project, id });
}

function limited(megabytes: number): Context {
  const settings = { ...stage.system.settings, maxSnapshotBytes: megabytes * 1024 * 1024 };
  return { ...stage.system, settings };
}

describe("a repository", () => {
  test.each([
    { name: "a branch", ref: () => "main", printed: 2, branch: "main" },
    { name: "its own choice", ref: () => "HEAD", printed: 2, branch: null },
    { name: "a tag", ref: () => "v1", printed: 1, branch: "v1" },
    { name: "a commit", ref: () => first, printed: 1, branch: null },
    { name: "a shortened commit", ref: () => first.slice(0, 10), printed: 1, branch: null },
  ])("at $name becomes a snapshot of that state", async ({ ref, printed, branch }) => {
    const snapshot = await clone(`file://${repository}`, ref());
    expect(snapshot).toMatchObject({
      state: "ready",
      git: { commit: printed === 1 ? first : await git("rev-parse", "HEAD"), branch },
    });
    const { items } = await listSnapshotFiles(stage.person, {
      project: stage.project,
      id: snapshot.id,
    });
    expect(items.map(({ path, executable }) => [path, executable])).toEqual([
      ["src/run.sh", true],
      ["train.py", false],
    ]);
    const file = items.find(({ path }) => path === "train.py");
    const content = await text(await stage.system.blobs.open(file?.sha256 ?? ""));
    expect(content).toBe(`print(${printed})\n`);
  });

  test("is left in no temporary folder", async () => {
    const clones = async () =>
      (await readdir(tmpdir())).filter((name) => name.startsWith("tessera-clone-"));
    // A worker that was killed in some other run may have left one.
    const before = new Set(await clones());
    await clone(`file://${repository}`, "main");
    expect((await clones()).filter((name) => !before.has(name))).toEqual([]);
  });
});

describe("fails in words", () => {
  test("for an address where no repository is", async () => {
    const snapshot = await clone(`file://${folder}/nothing`, "main");
    expect(snapshot).toMatchObject({ state: "failed", git: { commit: null } });
    expect(snapshot.error).toMatch(/^fatal: .*does not (exist|appear to be a git repository)/);
  });

  test("for a server that cannot be reached, without the password", async () => {
    const snapshot = await clone("http://ada:s3cret@127.0.0.1:1/x.git", "main");
    expect(snapshot.state).toBe("failed");
    expect(snapshot.error).toMatch(/unable to access the repository|Failed to connect/i);
    expect(JSON.stringify(snapshot)).not.toContain("s3cret");
    const { prisma } = stage.test.platform.db;
    const row = await prisma.snapshot.findUniqueOrThrow({ where: { id: snapshot.id } });
    expect(row.cloneUrl).toBeNull();
  });

  test("for a commit that it does not have", async () => {
    const snapshot = await clone(
      `file://${repository}`,
      "0123456789abcdef0123456789abcdef01234567",
    );
    const error =
      'the repository has no commit, branch or tag "0123456789abcdef0123456789abcdef01234567"';
    expect(snapshot).toMatchObject({ state: "failed", error });
  });

  test("for more files than fit", async () => {
    await git("checkout", "--quiet", "-b", "large");
    await writeFile(join(repository, "large.bin"), randomBytes(3 * 1024 * 1024));
    await git("add", ".");
    await git("commit", "--quiet", "-m", "large");
    await git("checkout", "--quiet", "main");
    const snapshot = await clone(`file://${repository}`, "large", { ctx: limited(2) });
    expect(snapshot).toMatchObject({
      state: "failed",
      error: "the repository has more than 2 MB of files",
    });
  });

  test("when git is not there", async () => {
    const { project } = stage;
    const asked = { url: `file://${repository}`, commit: "main" };
    const { id } = await cloneSnapshot(stage.person, { project, clone: asked });
    const { signal } = new AbortController();
    const input = { snapshotId: id, env: { PATH: folder }, signal, lastTry: false };
    await cloneRepository(stage.system, input);
    const snapshot = await getSnapshot(stage.person, { project, id });
    expect(snapshot).toMatchObject({
      state: "failed",
      error: "git is not installed on the worker",
    });
  });
});

test("a clone that is interrupted is not failed, and can be done again", async () => {
  const stopping = new AbortController();
  stopping.abort(new Error("the worker stops"));
  const { project } = stage;
  const asked = { url: `file://${repository}`, commit: "main" };
  const { id } = await cloneSnapshot(stage.person, { project, clone: asked });
  const input = { snapshotId: id, env, lastTry: false };
  await expect(
    cloneRepository(stage.system, { ...input, signal: stopping.signal }),
  ).rejects.toThrow(/./);
  expect(await getSnapshot(stage.person, { project, id })).toMatchObject({ state: "cloning" });
  await cloneRepository(stage.system, { ...input, signal: new AbortController().signal });
  expect(await getSnapshot(stage.person, { project, id })).toMatchObject({ state: "ready" });
});

test("a store that fails is no fault of the repository", async () => {
  const broken: Context = {
    ...stage.system,
    blobs: {
      ...stage.system.blobs,
      put: () => Promise.reject(new Error("the store is away")),
    },
  };
  await expect(clone(`file://${repository}`, "main", { ctx: broken })).rejects.toThrow("away");
  const given = await clone(`file://${repository}`, "main", { ctx: broken, lastTry: true });
  expect(given).toMatchObject({
    state: "failed",
    error: "it could not be kept; the worker's log has details",
  });
});
