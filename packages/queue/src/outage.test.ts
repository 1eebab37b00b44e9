import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "./testing/bundle.ts";
import { stores, useStore } from "./testing/use-store.ts";

const soon = { timeout: 20_000, interval: 20 };
const hasty = { lockMs: 1_000, stalledCheckMs: 300 };
const children: ChildProcess[] = [];
let doomed: string;
let tidy: string;

beforeAll(async () => {
  [doomed, tidy] = await Promise.all([bundle("doomed-worker"), bundle("tidy-process")]);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});
afterAll(async () => {
  for (const program of [doomed, tidy]) await rm(dirname(program), { recursive: true });
});

function run(program: string, argument: unknown): { child: ChildProcess; said(): string } {
  const child = spawn(process.execPath, [program, JSON.stringify(argument)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  return { child, said: () => said };
}

describe.each(stores)("faults of a queue on $name", ({ start }) => {
  const setting = useStore(start);

  it("takes up the job of a worker that was killed", async () => {
    const queue = await setting.open({ timing: hasty });
    await queue.add("hold.on", {}, { id: "held" });
    const { child, said } = run(doomed, setting.place());
    await expect.poll(said, soon).toBe("holding\n");
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    const ran: [string, number][] = [];
    await queue.work({ "hold.on": async ({ id, attempt }) => void ran.push([id, attempt]) });
    await expect.poll(() => ran, soon).toEqual([["held", 1]]);
    await expect
      .poll(() => queue.counts(), soon)
      .toMatchObject({ hold: { waiting: 0, active: 0, completed: 1, failed: 0 } });
    expect(setting.logged()).toContain("Took up a job whose worker had died");
  });

  it("leaves nothing open once closed: the process ends by itself", async () => {
    const { child, said } = run(tidy, setting.place());
    const [code] = await once(child, "close");
    expect({ code, said: said() }).toEqual({ code: 0, said: "closed\n" });
    expect(await setting.store().connections(setting.place())).toBe(0);
  });

  it("lets a running handler finish when it stops", async () => {
    const queue = await setting.open();
    let ended = false;
    let began = false;
    await queue.work({
      "hold.on": async () => {
        began = true;
        await setTimeout(300);
        ended = true;
      },
    });
    await queue.add("hold.on", {});
    await expect.poll(() => began, soon).toBe(true);
    await queue.close();
    expect(ended).toBe(true);
    const next = await setting.open();
    expect((await next.counts())["hold"]).toMatchObject({ completed: 1, active: 0, waiting: 0 });
  });

  it("puts back the job of a handler that is aborted when it stops", async () => {
    const stopping = new AbortController();
    const queue = await setting.open({ timing: { stopGraceMs: 100 } });
    const began: number[] = [];
    await queue.work(
      {
        "hold.on": async ({ signal }) => {
          began.push(1);
          await setTimeout(60_000, undefined, { signal });
        },
      },
      { signal: stopping.signal },
    );
    await queue.add("hold.on", {});
    await expect.poll(() => began.length, soon).toBe(1);
    stopping.abort();
    await expect
      .poll(() => queue.counts(), soon)
      .toMatchObject({ hold: { waiting: 1, active: 0, failed: 0 } });
    const next = await setting.open();
    const attempts: number[] = [];
    await next.work({ "hold.on": async ({ attempt }) => void attempts.push(attempt) });
    await expect.poll(() => attempts, soon).toEqual([1]);
  });

  it("does not hand on a job whose handler still runs", async () => {
    const queue = await setting.open({ timing: { stopGraceMs: 50, abortGraceMs: 50, ...hasty } });
    let began = 0;
    await queue.work({
      "hold.on": () => {
        began += 1;
        return new Promise(() => {});
      },
    });
    await queue.add("hold.on", {});
    await expect.poll(() => began, soon).toBe(1);
    await queue.close();
    const next = await setting.open({ timing: hasty });
    expect((await next.counts())["hold"]).toMatchObject({ active: 1, waiting: 0 });
    let again = 0;
    await next.work({ "hold.on": async () => void (again += 1) });
    await expect.poll(() => again, soon).toBe(1);
  });

  it("takes no more jobs once its signal aborted, and still adds", async () => {
    const stopping = new AbortController();
    const queue = await setting.open();
    let runs = 0;
    await queue.work({ "luck.try": async () => void (runs += 1) }, { signal: stopping.signal });
    await queue.add("luck.try", {});
    await expect.poll(() => runs, soon).toBe(1);
    stopping.abort();
    await expect
      .poll(async () => {
        const before = runs;
        await queue.add("luck.try", {});
        await setTimeout(100);
        return runs - before;
      }, soon)
      .toBe(0);
    expect((await queue.counts())["luck"]?.waiting).toBe(1);
    await queue.work({ "luck.try": () => Promise.resolve() }, { signal: stopping.signal });
    expect((await queue.counts())["luck"]?.waiting).toBe(1);
  });

  it("resumes by itself when its store went away and came back", async () => {
    const queue = await setting.open();
    const places: number[] = [];
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await queue.work({
      "line.next": async ({ payload }) => {
        if (payload.place === 1) await held;
        places.push(payload.place);
      },
      "luck.try": () => Promise.resolve(),
    });
    await queue.add("line.next", { place: 0 });
    await expect.poll(() => places, soon).toEqual([0]);
    await queue.add("line.next", { place: 1 });
    await expect.poll(async () => (await queue.counts())["line"]?.active, soon).toBe(1);
    await setting.store().stop();
    const began = performance.now();
    await expect(queue.add("line.next", { place: 2 })).rejects.toMatchObject({
      code: "unavailable",
    });
    await expect(queue.counts()).rejects.toMatchObject({ code: "unavailable" });
    expect(performance.now() - began).toBeLessThan(12_000);
    queue.schedule("luck.try", 3_600_000);
    // The handler ends while nothing can be written down.
    release();
    await expect.poll(() => places, soon).toEqual([0, 1]);
    await setTimeout(1_500);
    await setting.store().start();
    await queue.add("line.next", { place: 3 });
    await expect.poll(() => places, soon).toEqual([0, 1, 3]);
    await expect
      .poll(() => queue.counts(), soon)
      .toMatchObject({
        line: { waiting: 0, active: 0, completed: 3, failed: 0 },
        luck: { completed: 1 },
      });
    // An outage says what happened, and does not fill the disk with it.
    const faults = setting.logged().split("The job queue has a fault").length - 1;
    expect(faults).toBeGreaterThan(0);
    expect(faults).toBeLessThan(20);
  }, 60_000);

  it("closes while its store is away", async () => {
    const queue = await setting.open();
    await queue.work({ "luck.try": () => Promise.resolve() });
    await queue.add("luck.try", {});
    await setting.store().stop();
    const began = performance.now();
    await queue.close();
    await queue.close();
    expect(performance.now() - began).toBeLessThan(8_000);
    await setting.store().start();
    expect(await setting.store().connections(setting.place())).toBe(0);
  }, 60_000);
});
