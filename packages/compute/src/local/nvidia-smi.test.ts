import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeExecutable } from "./local-harness.ts";
import { discoverGpus, readGpuUsage } from "./nvidia-smi.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tessera-smi-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function discover(script: string | undefined, timeoutMs = 5000) {
  if (script) await writeExecutable(join(folder, "nvidia-smi"), `#!/bin/sh\n${script}\n`);
  return discoverGpus({ env: { PATH: `${folder}:/usr/bin:/bin` }, timeoutMs });
}

test("reads index, uuid, name and memory", async () => {
  const found = await discover(
    '[ "$*" = "--query-gpu=index,uuid,name,memory.total --format=csv,noheader,nounits" ] || exit 1\n' +
      "echo '0, GPU-6f1c, NVIDIA GeForce RTX 4090, 24564'; echo '1, GPU-93ab, NVIDIA GB10, [N/A]'",
  );
  expect(found).toEqual({
    gpus: [
      { index: 0, uuid: "GPU-6f1c", name: "NVIDIA GeForce RTX 4090", memoryBytes: 24564 * 1048576 },
      { index: 1, uuid: "GPU-93ab", name: "NVIDIA GB10", memoryBytes: 0 },
    ],
  });
});

test("no nvidia-smi is no GPU and no fault", async () => {
  expect(await discoverGpus({ env: { PATH: folder }, timeoutMs: 5000 })).toEqual({ gpus: [] });
});

test.each([
  [
    "echo 'Failed to initialize NVML: Driver/library version mismatch'; exit 18",
    "nvidia-smi failed: Failed to initialize NVML: Driver/library version mismatch",
  ],
  [
    "echo 'No devices were found'",
    "nvidia-smi answered something unexpected: No devices were found",
  ],
  ["exit 9", /^nvidia-smi failed: /],
])("a broken one (%j) is told and harmless", async (script, fault) => {
  const found = await discover(script);
  expect(found.gpus).toEqual([]);
  expect(found.fault).toMatch(fault);
});

test.each(["exec sleep 60", "sleep 60", "trap '' TERM; sleep 60 & wait"])(
  "a hanging one (%j) takes no longer than the timeout",
  async (script) => {
    const began = Date.now();
    const found = await discover(script, 400);
    expect(found).toEqual({ gpus: [], fault: "nvidia-smi did not answer within 400 ms" });
    expect(Date.now() - began).toBeLessThan(3000);
  },
);

test("usage tolerates what a GPU does not tell", async () => {
  await writeExecutable(
    join(folder, "nvidia-smi"),
    "#!/bin/sh\necho '0, [N/A], 512'; echo '1, 63, [Not Supported]'; echo garbage\n",
  );
  const env = { PATH: `${folder}:/usr/bin:/bin` };
  expect(await readGpuUsage({ env, timeoutMs: 5000 })).toEqual([
    { index: 0, utilizationPercent: 0, memoryBytes: 512 * 1048576 },
    { index: 1, utilizationPercent: 63, memoryBytes: 0 },
  ]);
});
