/** A worker process of its own that holds on to the job it takes until it is killed. */
import { createQueue } from "../create-queue.ts";
import { testJobs } from "./jobs.ts";
import type { Place } from "./store.ts";

const [place = "{}"] = process.argv.slice(2);

async function main(): Promise<void> {
  const queue = await createQueue({
    ...(JSON.parse(place) as Place),
    catalogue: testJobs,
    timing: { lockMs: 1_000, stalledCheckMs: 300 },
  });
  await queue.work({
    "hold.on": async () => {
      process.stdout.write("holding\n");
      await new Promise(() => {});
    },
  });
}

void main();
