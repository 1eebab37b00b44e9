import { createMemoryBlobStore } from "@tessera/blobs/testing/memory-blob-store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rerunJob } from "../jobs/rerun-job.ts";
import { submitJob } from "../jobs/submit-job.ts";
import type { Context } from "../platform/platform.ts";
import { putTier } from "../tiers/put-tier.ts";
import { startTestPlatform, type TestPlatform } from "../testing/test-platform.ts";
import { appendLog } from "./append-log.ts";
import { getJobLog } from "./get-job-log.ts";
import { searchJobLog } from "./search-job-log.ts";

let platform: TestPlatform;
let ada: Context;
let project: string;
let id: string;

beforeAll(async () => {
  platform = await startTestPlatform({ blobs: createMemoryBlobStore() });
  const person = await platform.createPerson();
  ada = person;
  await putTier(platform.system, {
    name: "small",
    tier: { cpus: 1, memoryMb: 512, gpus: 0, pricePerHour: 0 },
  });
  ({ slug: project } = await platform.createProject([[person, "contributor"]]));
  const job = { command: ["true"], timeoutSeconds: 60 };
  ({ id } = await submitJob(ada, { project, job }));
  const offsets = { stdout: 0, stderr: 0 };
  const write = async (stream: "stdout" | "stderr", text: string) => {
    const bytes = Buffer.from(text);
    const byteOffset = offsets[stream];
    offsets[stream] += bytes.length;
    await appendLog(platform.system, { workloadId: id, attempt: 1, stream, byteOffset, bytes });
  };
  await write("stdout", "one\ntwo\n");
  await write("stderr", "first warning\n");
  await write("stdout", "three\n");
  await write("stderr", "second warning\nthird\n");
});

afterAll(async () => platform?.close());

test("counts the lines of all streams together", async () => {
  const { lines, total } = await getJobLog(ada, { project, id, from: 1, limit: 3 });
  expect(total).toBe(6);
  expect(lines.map(({ number, stream, text }) => [number, stream, text])).toEqual([
    [1, "stdout", "two"],
    [2, "stderr", "first warning"],
    [3, "stdout", "three"],
  ]);
});

test("counts the lines of one stream alone", async () => {
  const stream = "stderr";
  const page = await getJobLog(ada, { project, id, from: 0, limit: 10, stream });
  expect(page.total).toBe(3);
  expect(page.lines.map(({ number, text }) => [number, text])).toEqual([
    [0, "first warning"],
    [1, "second warning"],
    [2, "third"],
  ]);
  const last = await getJobLog(ada, { project, id, from: -1, limit: 10, stream });
  expect(last.lines.map(({ number, text }) => [number, text])).toEqual([[2, "third"]]);
  const found = await searchJobLog(ada, { project, id, q: "WARNING", from: 1, limit: 10, stream });
  expect(found.lines.map(({ number, text }) => [number, text])).toEqual([[1, "second warning"]]);
});

test("a re-run keeps what is left out, and loses what is taken away", async () => {
  const same = await rerunJob(ada, { project, id, changes: {} });
  expect(same).toMatchObject({ command: ["true"], timeoutSeconds: 60, rerunOf: id });
  const other = await rerunJob(ada, {
    project,
    id,
    changes: { command: ["false"], timeoutSeconds: null },
  });
  expect(other).toMatchObject({ command: ["false"], timeoutSeconds: null, rerunOf: id });
});
