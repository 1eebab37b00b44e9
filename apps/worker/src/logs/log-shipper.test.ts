import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { downloadJobLog } from "@tessera/usecases/logs/download-job-log";
import { getJobLog } from "@tessera/usecases/logs/get-job-log";
import { searchJobLog } from "@tessera/usecases/logs/search-job-log";
import type { Context } from "@tessera/usecases/platform/platform";
import { openBreakableLink, type BreakableLink } from "@tessera/usecases/testing/breakable-link";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorkerStage, type TestWorker, type WorkerStage } from "../testing/worker-stage.ts";
import { LogShipper } from "./log-shipper.ts";

const MB = 1024 * 1024;
const wait = { timeout: 20_000, interval: 30 };

let stage: WorkerStage;
let link: BreakableLink;
let worker: TestWorker;
let attempt: { id: string; workloadId: string; number: number };

beforeAll(async () => {
  stage = await startWorkerStage({
    by: async (url) => {
      link = await openBreakableLink(url);
      return link.url;
    },
  });
});

beforeEach(async () => {
  worker = await stage.openWorker();
});

afterEach(async () => {
  await worker.site.executor.stop(attempt.id, { graceMs: 0, reason: "cancelled" });
  await ended();
  await worker.site.executor.discard(attempt.id);
  worker.die();
  await stage.clear();
});

afterAll(async () => {
  await stage?.close();
  await link?.cut();
});

/** Runs a script whose output nobody ships but the test. */
async function run(script: string): Promise<void> {
  const { id } = await stage.submit();
  await stage.dispatch();
  attempt = await stage.attempt(id);
  await worker.site.executor.start({
    attemptId: attempt.id,
    argv: ["sh", "-c", script],
    env: {},
    workingDirectory: "/",
    limits: { graceMs: 1000 },
    gpuIndexes: [],
  });
}

async function ended(): Promise<void> {
  await expect
    .poll(async () => (await worker.site.executor.observe([attempt.id]))[0]?.phase, {
      timeout: 60_000,
      interval: 30,
    })
    .toBe("exited");
}

function shipper(): LogShipper {
  return new LogShipper(stage.system, worker.site.executor, attempt);
}

function input(): { project: string; id: string } {
  return { project: stage.project, id: attempt.workloadId };
}

async function texts(): Promise<string[]> {
  const { lines } = await getJobLog(stage.person, { ...input(), from: 0, limit: 1000 });
  return lines.map((line) => line.text);
}

async function digestOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest("hex");
}

async function downloaded(): Promise<string> {
  return digestOf((await downloadJobLog(stage.person, input())).body);
}

function written(): Promise<string> {
  return digestOf(createReadStream(join(stage.home, "attempts", attempt.id, "stdout.log")));
}

test("shippers that follow one another lose nothing and double nothing", async () => {
  await run("i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done");
  for (let turn = 0; turn < 30; turn += 1) {
    await shipper().ship("some");
    await sleep(5);
  }
  await ended();
  await shipper().ship("all");
  expect(await downloaded()).toBe(await written());
});

test("a shipper that was cut off in the middle of a piece goes on as if it had not been", async () => {
  await run("i=0; while [ $i -lt 300 ]; do seq ${i}00 ${i}99; i=$((i+1)); sleep 0.005; done");
  const one = shipper();
  let faults = 0;
  for (let turn = 0; turn < 40; turn += 1) {
    const shipping = one.ship("some").catch(() => (faults += 1));
    if (turn % 2 === 1) {
      await sleep(turn % 7);
      await link.cut();
      await link.mend();
    }
    await shipping;
  }
  expect(faults).toBeGreaterThan(0);
  await ended();
  await expect
    .poll(
      () =>
        one.ship("all").then(
          () => "shipped",
          () => "not yet",
        ),
      wait,
    )
    .toBe("shipped");
  expect(await downloaded()).toBe(await written());
}, 60_000);

/** The database as it looks when the connection breaks after each second piece was kept. */
function losingAnswers(ctx: Context): Context {
  let pieces = 0;
  const query = async (...given: readonly [string, unknown[]]): Promise<unknown> => {
    const answer: unknown = await ctx.db.pool.query(...given);
    const isPiece = given[0].includes("INSERT INTO log_segment");
    if (isPiece && (pieces += 1) % 2 === 0) throw new Error("Connection terminated");
    return answer;
  };
  const pool = new Proxy(ctx.db.pool, {
    get: (target, name) => (name === "query" ? query : Reflect.get(target, name)),
  });
  return { ...ctx, db: { ...ctx.db, pool } };
}

test("a piece that was kept although the answer was lost is not sent again", async () => {
  await run("i=0; while [ $i -lt 150 ]; do seq ${i}00 ${i}99; i=$((i+1)); sleep 0.005; done");
  const one = new LogShipper(losingAnswers(stage.system), worker.site.executor, attempt);
  let faults = 0;
  const ship = (what: "some" | "all"): Promise<boolean> =>
    one.ship(what).then(
      () => true,
      () => ((faults += 1), false),
    );
  for (let turn = 0; turn < 40; turn += 1) {
    await ship("some");
    await sleep(20);
  }
  expect(faults).toBeGreaterThan(3);
  await ended();
  await expect.poll(() => ship("all"), wait).toBe(true);
  expect(await downloaded()).toBe(await written());
});

test("output without a newline is shown after a moment, in whole characters", async () => {
  // "Größe: 5 €" whose last character is written in two halves.
  await run("printf 'Gr\\303\\266\\303\\237e: 5 \\342\\202'; exec sleep 60");
  const one = shipper();
  await expect.poll(async () => (await one.ship("some"), texts()), { timeout: 300 }).toEqual([]);
  await expect
    .poll(async () => {
      await one.ship("some");
      stage.clock.advance(1000);
      return texts();
    }, wait)
    .toEqual(["Größe: 5 "]);
});

test("a progress bar is shown as it goes", async () => {
  await run("printf '10%%\\r'; sleep 0.4; printf '20%%\\r'; sleep 0.4; printf '30%%\\ndone\\n'");
  const one = shipper();
  await ended();
  await one.ship("all");
  expect(await texts()).toEqual(["30%", "done"]);
});

test("a line without end is kept in pieces", async () => {
  await run("head -c 1000000 /dev/zero | tr '\\0' x; echo; echo after");
  await ended();
  await shipper().ship("all");
  const lines = await texts();
  expect(lines.at(-1)).toBe("after");
  expect(lines.length).toBeLessThan(8);
  expect(await downloaded()).toBe(await written());
});

test("both streams get on while one writes without a pause", async () => {
  await run("echo begun >&2; exec yes");
  const one = shipper();
  await one.ship("some");
  await expect
    .poll(async () => {
      await one.ship("some");
      return (await searchJobLog(stage.person, { ...input(), q: "begun", from: 0, limit: 1 }))
        .lines;
    }, wait)
    .toHaveLength(1);
});

test("two hundred megabytes need no more memory than two", async () => {
  await run("seq -f 'line %015.0f of the output of a job' 1 4600000");
  await ended();
  const before = process.memoryUsage().rss;
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss - before);
  }, 20);
  await shipper().ship("all");
  const { size, digest } = await measure();
  const found = await searchJobLog(stage.person, {
    ...input(),
    q: "LINE 000000002000000",
    from: 0,
    limit: 5,
  });
  const last = await getJobLog(stage.person, { ...input(), from: -1, limit: 1 });
  clearInterval(watch);
  expect(size).toBeGreaterThan(200_000_000);
  expect(digest).toBe(await written());
  expect(found.lines).toMatchObject([{ number: 1_999_999 }]);
  expect(last).toMatchObject({ total: 4_600_000, lines: [{ number: 4_599_999 }] });
  expect(most).toBeLessThan(160 * MB);
}, 120_000);

async function measure(): Promise<{ size: number; digest: string }> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of (await downloadJobLog(stage.person, input())).body) {
    size += (chunk as Buffer).length;
    hash.update(chunk as Buffer);
  }
  return { size, digest: hash.digest("hex") };
}
