import { mkdir, readdir, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { DatasetVersion } from "@tessera/contracts/dataset";
import type { Job, SubmitJob } from "@tessera/contracts/job";
import { sha256 } from "@tessera/kit/hash";
import { uploadSnapshot } from "@tessera/usecases/code/upload-snapshot";
import { commitDatasetDraft } from "@tessera/usecases/datasets/commit-dataset-draft";
import { createDatasetDraft } from "@tessera/usecases/datasets/create-dataset-draft";
import { putDraftFile } from "@tessera/usecases/datasets/put-draft-file";
import { rerunJob } from "@tessera/usecases/jobs/rerun-job";
import { getJobLog } from "@tessera/usecases/logs/get-job-log";
import { findRun } from "@tessera/usecases/tracking/find-run";
import { loadRun } from "@tessera/usecases/tracking/load-runs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorkerStage, type TestWorker, type WorkerStage } from "../testing/worker-stage.ts";

const wait = { timeout: 20_000, interval: 30 };

let stage: WorkerStage;
let worker: TestWorker;
let project: string;
/** Of a dataset that each test has for itself. */
let name: string;
let count = 0;

beforeAll(async () => {
  stage = await startWorkerStage();
  worker = await stage.openWorker();
  ({ project } = stage);
});

beforeEach(async () => {
  await stage.beat();
  name = `digits-${(count += 1)}`;
});

afterAll(async () => {
  worker?.die();
  await stage?.close();
});

async function push(files: Readonly<Record<string, string>>): Promise<DatasetVersion> {
  const { id } = await createDatasetDraft(stage.person, { project, name });
  for (const [path, content] of Object.entries(files)) {
    const body = Readable.from([Buffer.from(content)]);
    await putDraftFile(stage.person, { project, name, id, path, body });
  }
  return commitDatasetDraft(stage.person, { project, name, id });
}

async function ended({ id }: Job): Promise<Job> {
  await stage.dispatch();
  const state = async () => (await worker.keeper.tick(), (await stage.get(id)).state);
  await expect.poll(state, wait).toMatch(/finished|failed/);
  return stage.get(id);
}

async function output({ id }: Job): Promise<string[]> {
  const { lines } = await getJobLog(stage.person, { project, id, from: 0, limit: 1000 });
  return lines.map(({ text }) => text);
}

function submit(script: string, job: Partial<SubmitJob>): Promise<Job> {
  return stage.submit({ command: ["sh", "-c", script], ...job });
}

async function runs(script: string, dataset: string): Promise<string[]> {
  const job = await ended(await submit(script, { data: [{ dataset, path: "in/put" }] }));
  expect(job).toMatchObject({ state: "finished" });
  return output(job);
}

test("a job finds its data read-only, and a second one has it without fetching it again", async () => {
  const text = `${name} one`;
  await push({ "a/b.txt": text, empty: "" });
  const look = "cat in/put/a/b.txt; echo; find in -printf '%p %m %s\\n' | LC_ALL=C sort";
  const expected = [
    text,
    "in 755 3",
    "in/put 555 3",
    "in/put/a 555 3",
    `in/put/a/b.txt 444 ${text.length}`,
    "in/put/empty 444 0",
  ];
  const plain = (lines: string[]) => lines.map((line) => line.replace(/(555|755) \d+$/, "$1 3"));
  expect(plain(await runs(look, name))).toEqual(expected);
  await stage.system.blobs.delete(sha256(text));
  expect(plain(await runs(look, `${name}@1`))).toEqual(expected);
  // A job has ended before its folder is cleared away.
  await expect.poll(() => readdir(worker.site.workRoot), { timeout: 10_000 }).toEqual([]);
});

test("what a job does to its data all the same is not what the next one finds", async () => {
  await push({ file: `${name} true` });
  await runs("chmod u+w in/put/file && printf 'digits-x fals' > in/put/file", name);
  expect(await runs("cat in/put/file", name)).toEqual([`${name} true`]);
});

test("a job is pinned to the version that it meant when it was submitted, its repeats too", async () => {
  await push({ value: "1" });
  const job = await submit("cat data/value", { data: [{ dataset: name, path: "data" }] });
  const { id: versionId } = await push({ value: "2" });
  const first = await ended(job);
  expect(first.data).toMatchObject([{ dataset: name, version: 1, path: "data" }]);
  expect(await output(first)).toEqual(["1"]);
  const again = await ended(await rerunJob(stage.person, { project, id: job.id, changes: {} }));
  expect(await output(again)).toEqual(["1"]);
  const data = [{ dataset: `${name}@2` }];
  const changes = { data, command: ["cat", `${name}/value`] };
  const other = await ended(await rerunJob(stage.person, { project, id: job.id, changes }));
  expect(await output(other)).toEqual(["2"]);
  expect(other.data).toEqual([{ dataset: name, version: 2, versionId, path: name }]);
});

test("a job's data is an input of its run, as trackers know them", async () => {
  const { digest } = await push({ a: "1234" });
  const { id } = await submit("true", { data: [{ dataset: `${name}@latest` }] });
  const { rows } = await stage.system.db.pool.query("SELECT id FROM project WHERE slug = $1", [
    project,
  ]);
  const run = await loadRun(stage.person, await findRun(stage.person, rows[0].id, id));
  expect(run.datasets).toEqual([
    {
      name,
      digest: digest.slice(0, 36),
      sourceType: "tessera",
      source: JSON.stringify({ project, dataset: name, version: 1, digest }),
      profile: JSON.stringify({ num_files: 1, size_bytes: 4 }),
      tags: [{ key: "tessera.dataset.version", value: "1" }],
    },
  ]);
});

test("data that is not there, or has no room, is told in words", async () => {
  await push({ a: "a" });
  const missing = submit("true", { data: [{ dataset: `${name}@2` }] });
  await expect(missing).rejects.toMatchObject({
    code: "invalid_argument",
    message: `There is no dataset version "${name}@2" in this project`,
  });
  const { id: snapshotId } = await uploadSnapshot(stage.person, {
    project,
    git: {},
    read: (_, onFile) =>
      onFile({ path: "data/train.csv", executable: false, body: Readable.from([Buffer.of(1)]) }),
  });
  for (const path of ["data", "data/train.csv", "data/train.csv/deep"]) {
    const job = await ended(await submit("true", { snapshotId, data: [{ dataset: name, path }] }));
    expect(job).toMatchObject({
      state: "failed",
      reason: `it could not be started: the code has something at "${path}" already, where ${name}@1 belongs`,
    });
  }
  const beside = { snapshotId, data: [{ dataset: name, path: "data/more" }] };
  expect((await ended(await submit("cat data/more/a", beside))).state).toBe("finished");
});

test("content that no job used for a week is deleted, what is in use or new is not", async () => {
  await push({ file: name });
  await runs("true", name);
  const { data } = worker.site;
  const file = join(stage.home, "data-cache", sha256(name).slice(0, 2), sha256(name).slice(2));
  const left = join(stage.home, "data-cache", "tmp", "left-by-a-killed-worker");
  await mkdir(join(left, ".."), { recursive: true });
  await writeFile(left, "half");
  await utimes(left, 0, 0);
  await data.sweep();
  expect((await stat(file)).size).toBe(name.length);
  const inUse = join(stage.home, "in-use");
  await data.place({ sha256: sha256(name), sizeBytes: name.length }, inUse);
  const nextMonth = Date.now() + 30 * 24 * 3600 * 1000;
  await data.sweep(nextMonth);
  expect((await stat(file)).size).toBe(name.length);
  await expect(stat(left)).rejects.toMatchObject({ code: "ENOENT" });
});
