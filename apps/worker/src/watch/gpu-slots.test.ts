import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cancelJob } from "@tessera/usecases/jobs/cancel-job";
import { getJobLog } from "@tessera/usecases/logs/get-job-log";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorkerStage, type TestWorker, type WorkerStage } from "../testing/worker-stage.ts";

const wait = { timeout: 20_000, interval: 30 };

/** Answers as the program of that name does on a machine with two GPUs. */
const nvidiaSmi = `#!/bin/sh
case "$*" in
  *utilization*) echo "0, 12, 100"; echo "1, 0, 0" ;;
  *) echo "0, GPU-a, NVIDIA H100 80GB HBM3, 81559"; echo "1, GPU-b, NVIDIA H100 80GB HBM3, 81559" ;;
esac
`;

let stage: WorkerStage;
let worker: TestWorker;
let programs: string;

beforeAll(async () => {
  programs = await mkdtemp(join(tmpdir(), "tessera-smi-"));
  await writeFile(join(programs, "nvidia-smi"), nvidiaSmi, { mode: 0o755 });
  stage = await startWorkerStage();
  worker = await stage.openWorker({ PATH: `${programs}:/usr/bin:/bin` });
});

afterAll(async () => {
  worker?.die();
  await stage?.close();
  await rm(programs, { recursive: true, force: true });
});

async function stateOf(id: string): Promise<string> {
  await worker.keeper.tick();
  return (await stage.get(id)).state;
}

async function devicesOf(id: string): Promise<string | undefined> {
  await worker.keeper.tick();
  const input = { project: stage.project, id, from: 0, limit: 10 };
  return (await getJobLog(stage.person, input)).lines[0]?.text;
}

test("jobs get GPUs of their own, and whoever waits is told who has them", async () => {
  const { gpus } = worker.site.executor.capacity;
  expect(gpus).toMatchObject([{ index: 0, name: "NVIDIA H100 80GB HBM3" }, { index: 1 }]);
  await stage.beat(stage.node, { gpus: gpus.length });
  const script = 'echo "$CUDA_VISIBLE_DEVICES $CUDA_DEVICE_ORDER"; exec sleep 60';
  const submit = (name: string) =>
    stage.submit({ name, tier: "gpu", command: ["sh", "-c", script] });
  const [first, second, third] = [await submit("one"), await submit("two"), await submit("three")];
  await stage.dispatch();
  await expect.poll(() => stateOf(first.id), wait).toBe("running");
  await expect.poll(() => stateOf(second.id), wait).toBe("running");
  await expect.poll(() => devicesOf(first.id), wait).toBe("0 PCI_BUS_ID");
  await expect.poll(() => devicesOf(second.id), wait).toBe("1 PCI_BUS_ID");
  expect(await stage.get(third.id)).toMatchObject({
    state: "queued",
    reason: "waiting for 1 GPU: 2 of 2 in use by one and two",
  });

  await cancelJob(stage.person, { project: stage.project, id: second.id });
  await expect.poll(() => stateOf(second.id), wait).toBe("cancelled");
  await stage.dispatch();
  await expect.poll(() => devicesOf(third.id), wait).toBe("1 PCI_BUS_ID");
  for (const { id } of [first, third]) {
    await cancelJob(stage.person, { project: stage.project, id });
    await expect.poll(() => stateOf(id), wait).toBe("cancelled");
  }
});
