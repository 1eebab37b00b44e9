/** A process that uses all of a queue and closes it: it must then end by itself. */
import { createQueue } from "../create-queue.ts";
import { testJobs } from "./jobs.ts";
import type { Place } from "./store.ts";

const [place = "{}"] = process.argv.slice(2);

async function main(): Promise<void> {
  const queue = await createQueue({ ...(JSON.parse(place) as Place), catalogue: testJobs });
  const ran = new Promise<void>((resolve) => {
    const nothing = (): Promise<void> => Promise.resolve();
    void queue.work({
      "pass.make": async () => resolve(),
      "line.next": nothing,
      "luck.try": nothing,
      "nap.take": nothing,
      "hold.on": nothing,
    });
  });
  queue.schedule("luck.try", 60_000);
  await queue.add("pass.make", {});
  await ran;
  await queue.counts();
  await queue.close();
  process.stdout.write("closed\n");
}

void main();
