import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython } from "@tessera/compute/local/find-python";
import { createSlowPackage } from "@tessera/compute/local/slow-package";
import type { EnvironmentRevision } from "@tessera/contracts/environment";
import { getEnvironmentLog } from "@tessera/usecases/environments/get-environment-log";
import { getRevision } from "@tessera/usecases/environments/get-revision";
import { putEnvironment } from "@tessera/usecases/environments/put-environment";
import { rebuildRevision } from "@tessera/usecases/environments/rebuild-revision";
import { type JobStage, startJobStage } from "@tessera/usecases/testing/job-stage";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { buildRevision } from "./build-revision.ts";

const env = { ...process.env } as Record<string, string>;
const wait = { timeout: 60_000, interval: 50 };

let stage: JobStage;
let folder: string;
let slow: Awaited<ReturnType<typeof createSlowPackage>>;
let requirements: string;
let number = 0;

beforeAll(async () => {
  stage = await startJobStage();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tessera-build-test-"));
  const python = await findPython({ env });
  slow = await createSlowPackage(join(folder, "index"), python.version.slice(0, 4));
  requirements = `--no-index\n--find-links ${join(folder, "index")}\nslowpkg`;
});

afterEach(() => rm(folder, { recursive: true, force: true }));

afterAll(async () => stage?.close());

async function put(source: string): Promise<EnvironmentRevision> {
  number += 1;
  const { latest } = await putEnvironment(stage.person, {
    project: stage.project,
    name: `env-${number}`,
    source: { kind: "python", requirements: source },
  });
  return latest;
}

interface Options {
  readonly root?: string;
  readonly signal?: AbortSignal;
  readonly lastTry?: boolean;
}

function build(revision: EnvironmentRevision, options: Options = {}): Promise<void> {
  return buildRevision(stage.system, {
    revisionId: revision.id,
    root: join(folder, "environments"),
    env,
    signal: new AbortController().signal,
    lastTry: false,
    ...options,
  });
}

function read({ environment: name, number: at }: EnvironmentRevision) {
  return getRevision(stage.person, { project: stage.project, name, number: at });
}

function log({ environment: name, number: at }: EnvironmentRevision, offset = 0) {
  return getEnvironmentLog(stage.person, { project: stage.project, name, number: at, offset });
}

test("a build's log is live, and jobs that wait for it go on when it is done", async () => {
  await slow.hold();
  const revision = await put(requirements);
  const { id } = await stage.submit({ environment: `${revision.environment}@1` });
  const building = build(revision);
  await expect.poll(async () => (await log(revision)).text, wait).toMatch(/Resolving for Python/);
  expect(await log(revision)).toMatchObject({ complete: false });
  await slow.release();
  await building;
  const done = await read(revision);
  expect(done).toMatchObject({ state: "ready", error: null });
  expect(done.lock).toContain("slowpkg==1.0");
  expect(done.readyAt).not.toBeNull();
  const { text, nextOffset, complete } = await log(revision);
  expect(text).toMatch(/Building for Python/);
  expect(complete).toBe(true);
  expect(await log(revision, nextOffset)).toMatchObject({ text: "", complete: true });
  expect(await stage.dispatch()).toMatchObject({ placed: 1 });
  await stage.end(await stage.attempt(id));
  const before = await log(revision);
  await build(revision);
  expect(await log(revision)).toEqual(before);
}, 180_000);

test("one that cannot be resolved fails with the line that says why, and its jobs with it", async () => {
  const revision = await put("--no-index\nno-such-package-anywhere==7");
  const { id } = await stage.submit({ environment: `${revision.environment}@1` });
  await build(revision);
  const failed = await read(revision);
  expect(failed.state).toBe("failed");
  expect(failed.error).toContain("no-such-package-anywhere");
  expect((await log(revision)).text.trimEnd().split("\n").at(-1)).toBe(failed.error);
  await stage.dispatch();
  expect(await stage.get(id)).toMatchObject({
    state: "failed",
    reason: `environment ${revision.environment}@1 could not be built: ${failed.error}`,
  });
}, 180_000);

test("one that names a local file fails with the line's number", async () => {
  const revision = await put("numpy\n-r other.txt");
  await build(revision);
  expect(await read(revision)).toMatchObject({
    state: "failed",
    error: "requirements, line 2: -r names a file, and there is only this text",
  });
});

test("one that is interrupted goes on from its lock, and its log starts anew", async () => {
  const revision = await put(requirements);
  const stopping = new AbortController();
  await slow.hold();
  const building = build(revision, { signal: stopping.signal });
  await expect.poll(() => slow.builds(), wait).toHaveLength(1);
  stopping.abort(new Error("the worker stops"));
  await expect(building).rejects.toThrow(/./);
  expect((await read(revision)).state).toMatch(/resolving|building/);
  await slow.release();
  await build(revision);
  expect(await read(revision)).toMatchObject({ state: "ready" });
  expect((await log(revision)).text.match(/Building for Python/g)).toHaveLength(1);
}, 180_000);

test("a fault of the machine is tried again, and told when it stays", async () => {
  const root = join(folder, "file");
  await writeFile(root, "");
  const revision = await put("");
  await expect(build(revision, { root })).rejects.toThrow(/./);
  expect(await read(revision)).toMatchObject({ state: "building" });
  await build(revision, { root, lastTry: true });
  const error = "the build broke; the worker's log has details";
  expect(await read(revision)).toMatchObject({ state: "failed", error });
  const { environment: name } = revision;
  await rebuildRevision(stage.person, { project: stage.project, name, number: 1 });
  expect(await read(revision)).toMatchObject({ state: "queued", error: null });
});
