import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commitDatasetDraft } from "../datasets/commit-dataset-draft.ts";
import { createDatasetDraft } from "../datasets/create-dataset-draft.ts";
import { putDraftFile } from "../datasets/put-draft-file.ts";
import { type JobStage, startJobStage } from "../testing/job-stage.ts";
import { createSweep } from "./create-sweep.ts";
import { listTrials } from "./list-trials.ts";
import { resumeSweep } from "./resume-sweep.ts";
import { pauseSweep } from "./pause-sweep.ts";
import { extendSweep } from "./extend-sweep.ts";

let stage: JobStage;
const name = "scans";

beforeAll(async () => {
  stage = await startJobStage();
});

afterAll(async () => stage?.close());

async function push(content: string): Promise<void> {
  const { project, person } = stage;
  const { id } = await createDatasetDraft(person, { project, name });
  const body = Readable.from([Buffer.from(content)]);
  await putDraftFile(person, { project, name, id, path: "a.csv", body });
  await commitDatasetDraft(person, { project, name, id });
}

/** What each trial's job finds, and where. */
async function dataOfTrials(id: string) {
  const { items } = await listTrials(stage.person, { project: stage.project, id, limit: 100 });
  return Promise.all(items.map(async ({ runId }) => (await stage.get(runId ?? "")).data));
}

test("every trial finds the version that the sweep began with", async () => {
  await push("one");
  const sweep = await createSweep(stage.person, {
    project: stage.project,
    sweep: {
      job: {
        command: ["train", "--lr", "{{uniform(0,1)}}"],
        data: [{ dataset: name, path: "in/put" }],
      },
      metric: "loss",
      direction: "minimize",
      maxTrials: 2,
    },
  });
  await push("two");
  const at = { project: stage.project, id: sweep.id };
  await pauseSweep(stage.person, at);
  await extendSweep(stage.person, { ...at, extension: { trials: 2, parallelism: 4 } });
  await resumeSweep(stage.person, at);
  const found = await dataOfTrials(sweep.id);
  expect(found).toHaveLength(4);
  for (const data of found) {
    expect(data).toMatchObject([{ dataset: name, version: 1, path: "in/put" }]);
  }
});

test("a version that is not there keeps a sweep from starting, in words", async () => {
  const started = createSweep(stage.person, {
    project: stage.project,
    sweep: {
      job: { command: ["train", "--n", "{{int(1,2)}}"], data: [{ dataset: `${name}@9` }] },
      metric: "loss",
      direction: "minimize",
      maxTrials: 1,
    },
  });
  await expect(started).rejects.toThrow(`There is no dataset version "${name}@9"`);
});
