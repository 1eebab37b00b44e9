import { setTimeout } from "node:timers/promises";
import { PlatformError } from "@tessera/contracts/errors";
import { createLogger } from "@tessera/kit/logger";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { createQueue } from "./create-queue.ts";
import { defineCatalogue, defineJob } from "./define-job.ts";
import { testJobs } from "./testing/jobs.ts";
import { stores, useStore } from "./testing/use-store.ts";

const soon = { timeout: 15_000, interval: 10 };

describe.each(stores)("a queue on $name", ({ start }) => {
  const setting = useStore(start);

  describe("add and work", () => {
    it("hands a handler its payload with defaults, id, attempt, signal and log", async () => {
      const queue = await setting.open();
      const handler = vi.fn<() => Promise<void>>(() => Promise.resolve());
      await queue.work({ "note.write": handler, "note.erase": handler });
      await queue.add("note.write", { text: "hello" }, { id: "first" });
      await expect.poll(() => handler.mock.calls.length, soon).toBe(1);
      expect(handler).toHaveBeenCalledWith({
        payload: { text: "hello", copies: 1 },
        id: "first",
        attempt: 1,
        signal: expect.any(AbortSignal),
        log: expect.objectContaining({ info: expect.any(Function) }),
      });
    });

    it("carries jobs from one process's queue to another's", async () => {
      const adding = await setting.open();
      const working = await setting.open();
      const places: number[] = [];
      await working.work({
        "line.next": async ({ payload }) => void places.push(payload.place),
      });
      for (let place = 0; place < 20; place += 1) await adding.add("line.next", { place });
      await expect.poll(() => places, soon).toEqual(Array.from({ length: 20 }, (_, at) => at));
    });

    it("runs no more at once than the concurrency", async () => {
      const queue = await setting.open();
      let running = 0;
      let most = 0;
      let ended = 0;
      await queue.work({
        "note.write": async () => {
          running += 1;
          most = Math.max(most, running);
          await setTimeout(30);
          running -= 1;
          ended += 1;
        },
        "note.erase": () => Promise.resolve(),
      });
      const jobs = Array.from({ length: 12 }, () => ({ job: "note.write", payload: { text: "" } }));
      await queue.addMany(jobs as never);
      await expect.poll(() => ended, soon).toBe(12);
      expect(most).toBe(4);
    });

    it("adds many at once, in order, to several queues", { timeout: 120_000 }, async () => {
      const queue = await setting.open();
      const places: number[] = [];
      let erased = 0;
      await queue.addMany([
        { job: "note.erase", payload: {} },
        ...Array.from({ length: 700 }, (_, place) => ({
          job: "line.next" as const,
          payload: { place },
        })),
      ]);
      expect(await queue.counts()).toMatchObject({
        line: { waiting: 700, active: 0 },
        notes: { waiting: 1, active: 0 },
      });
      await queue.work({
        "line.next": async ({ payload }) => void places.push(payload.place),
        "note.write": () => Promise.resolve(),
        "note.erase": async () => void (erased += 1),
      });
      await expect.poll(() => places.length, { timeout: 100_000 }).toBe(700);
      expect(places).toEqual(Array.from({ length: 700 }, (_, at) => at));
      expect(erased).toBe(1);
      // Finished jobs are kept up to a bound.
      await expect.poll(async () => (await queue.counts())["line"]?.completed, soon).toBe(500);
    });

    it("starts a job within milliseconds when idle", async () => {
      const queue = await setting.open();
      const took: number[] = [];
      let added = 0;
      await queue.work({ "line.next": async () => void took.push(performance.now() - added) });
      for (let place = 0; place < 40; place += 1) {
        await setTimeout(15);
        added = performance.now();
        await queue.add("line.next", { place });
        await expect.poll(() => took.length, { timeout: 5_000, interval: 2 }).toBe(place + 1);
      }
      const median = took.toSorted((a, b) => a - b)[20];
      // About 4 ms when nothing else runs; a missed wake-up would cost seconds.
      expect(median).toBeLessThan(60);
    });

    it("waits for a delay, and takes the urgent first", async () => {
      const queue = await setting.open();
      const places: number[] = [];
      const added = performance.now();
      await queue.add("line.next", { place: 9 }, { priority: 9 });
      await queue.add("line.next", { place: 2 }, { priority: 2 });
      await queue.add("line.next", { place: 0 });
      await queue.add("line.next", { place: 300 }, { delayMs: 300 });
      expect((await queue.counts())["line"]).toMatchObject({ waiting: 3, delayed: 1 });
      let lastAt = 0;
      await queue.work({
        "line.next": async ({ payload }) => {
          places.push(payload.place);
          lastAt = performance.now();
        },
      });
      await expect.poll(() => places, soon).toEqual([0, 2, 9, 300]);
      expect(lastAt - added).toBeGreaterThanOrEqual(295);
      expect(lastAt - added).toBeLessThan(3_000);
    });
  });

  describe("bad jobs", () => {
    it("are refused with words when added, all or none", async () => {
      const queue = await setting.open();
      const bad = queue.add("line.next", { place: "first" as never });
      await expect(bad).rejects.toThrow(PlatformError);
      await expect(bad).rejects.toMatchObject({
        code: "invalid_argument",
        message: expect.stringMatching(/^The payload of line.next is not right: place: .*number/),
        issues: [{ path: "place" }],
      });
      await expect(queue.add("none" as never, {} as never)).rejects.toThrow(
        'No job is named "none"',
      );
      await expect(queue.add("toString" as never, {} as never)).rejects.toThrow("No job is named");
      await expect(
        queue.addMany([
          { job: "note.erase", payload: {} },
          { job: "note.write", payload: {} as never },
        ]),
      ).rejects.toThrow("The payload of note.write is not right: text");
      const counts = await queue.counts();
      expect(counts["line"]?.waiting).toBe(0);
      expect(counts["notes"]?.waiting).toBe(0);
    });

    it.each([
      [{ id: "" }, /id "" must be/],
      [{ id: "a:b" }, /id "a:b" must be/],
      [{ delayMs: -1 }, /delayMs/],
      [{ delayMs: 0.5 }, /delayMs/],
      [{ delayMs: Number.NaN }, /delayMs/],
      [{ priority: 0 }, /priority/],
      [{ priority: 1.5 }, /priority/],
      [{ deduplicationKey: "k", delayMs: 5 }, /exclude each other/],
    ])("with the options %j are refused", async (options, words) => {
      const queue = await setting.open();
      const added = queue.add("note.erase", {}, options);
      await expect(added).rejects.toThrow(words);
      await expect(added).rejects.toMatchObject({ code: "invalid_argument" });
    });

    it("already in the queue fail with words, and the worker goes on", async () => {
      const older = await setting.openWith(
        defineCatalogue(
          defineJob({ ...testJobs["line.next"], payload: z.looseObject({}) }),
          defineJob({ ...testJobs["line.next"], name: "line.gone", payload: z.looseObject({}) }),
        ),
      );
      await older.add("line.next", { place: "first" });
      await older.add("line.gone", {});
      const queue = await setting.open();
      const places: number[] = [];
      await queue.work({ "line.next": async ({ payload }) => void places.push(payload.place) });
      await queue.add("line.next", { place: 1 });
      await expect.poll(() => places, soon).toEqual([1]);
      expect((await queue.counts())["line"]).toMatchObject({ failed: 2 });
      await expect
        .poll(setting.logged, soon)
        .toContain("The payload of line.next is not right: place");
      await expect.poll(setting.logged, soon).toContain('No job is named \\"line.gone\\"');
    });

    it("are no reason to work half a queue", async () => {
      const queue = await setting.open();
      await expect(queue.work({ "note.erase": () => Promise.resolve() })).rejects.toThrow(
        "Whoever works the queue notes must also handle note.write",
      );
      await expect(queue.work({ none: () => Promise.resolve() } as never)).rejects.toThrow(
        'No job is named "none"',
      );
    });
  });

  describe("the same job twice", () => {
    it("is one job, waiting or completed; another job may have its id", async () => {
      const queue = await setting.open();
      const ran: string[] = [];
      const add = (): Promise<void> => queue.add("note.write", { text: "" }, { id: "same" });
      await add();
      await add();
      await queue.addMany([
        { job: "note.write", payload: { text: "" }, id: "same" },
        { job: "note.erase", payload: {}, id: "same" },
        { job: "note.erase", payload: {}, id: "other" },
      ]);
      expect((await queue.counts())["notes"]?.waiting).toBe(3);
      await queue.work({
        "note.write": async ({ id }) => void ran.push(`write ${id}`),
        "note.erase": async ({ id }) => void ran.push(`erase ${id}`),
      });
      const all = ["erase other", "erase same", "write same"];
      await expect.poll(() => ran.toSorted(), soon).toEqual(all);
      await add();
      await queue.add("note.write", { text: "" }, { id: "last" });
      await expect
        .poll(() => ran.toSorted(), soon)
        .toEqual([...all.slice(0, 2), "write last", all[2]]);
    });

    it("takes digits alone as an id", async () => {
      const queue = await setting.open();
      await queue.add("note.erase", {}, { id: "42" });
      await queue.add("note.erase", {}, { id: "42" });
      expect((await queue.counts())["notes"]?.waiting).toBe(1);
    });
  });

  describe("deduplication", () => {
    it("lets one wait, and makes one more run for adds during a run", async () => {
      const queue = await setting.open();
      let runs = 0;
      let release = (): void => {};
      const add = (id: string): Promise<void> => queue.add("pass.make", {}, { id });
      await add("a");
      await add("b");
      await queue.addMany([
        { job: "pass.make", payload: {}, id: "c" },
        { job: "pass.make", payload: {}, id: "d" },
      ]);
      expect((await queue.counts())["pass"]?.waiting).toBe(1);
      await queue.work({
        "pass.make": () => {
          runs += 1;
          return new Promise((resolve) => {
            release = resolve;
          });
        },
      });
      await expect.poll(() => runs, soon).toBe(1);
      // The first is delivered again while it runs, as an outbox may do.
      for (const id of ["a", "e", "f"]) await add(id);
      expect((await queue.counts())["pass"]).toMatchObject({ waiting: 0, active: 1 });
      release();
      await expect.poll(() => runs, soon).toBe(2);
      release();
      await expect
        .poll(() => queue.counts(), soon)
        .toMatchObject({ pass: { waiting: 0, active: 0, completed: 2 } });
      // The key is free again, whatever was delivered before.
      for (let run = 3; run <= 5; run += 1) {
        await add("a");
        await expect.poll(() => runs, soon).toBe(run);
        release();
        await expect
          .poll(() => queue.counts(), soon)
          .toMatchObject({ pass: { waiting: 0, active: 0, completed: run } });
      }
    });

    it("is by key, and frees the key when the job fails for good", async () => {
      const queue = await setting.open();
      let runs = 0;
      await queue.add("luck.try", {}, { deduplicationKey: "left" });
      await queue.add("luck.try", {}, { deduplicationKey: "left" });
      await queue.add("luck.try", {}, { deduplicationKey: "right" });
      expect((await queue.counts())["luck"]?.waiting).toBe(2);
      await queue.work({
        "luck.try": () => {
          runs += 1;
          return Promise.reject(new Error("bad luck"));
        },
      });
      await expect.poll(() => runs, soon).toBe(6);
      await expect.poll(async () => (await queue.counts())["luck"]?.failed, soon).toBe(2);
      await queue.add("luck.try", {}, { deduplicationKey: "left" });
      await expect.poll(() => runs, soon).toBe(9);
    });

    it("never lets a delayed job hold back one that is wanted now", async () => {
      const queue = await setting.open();
      let runs = 0;
      await queue.add("pass.make", {}, { delayMs: 60_000 });
      await queue.work({ "pass.make": async () => void (runs += 1) });
      await queue.add("pass.make", {});
      await expect.poll(() => runs, soon).toBe(1);
      expect((await queue.counts())["pass"]).toMatchObject({ delayed: 1 });
    });
  });

  describe("faults of handlers", () => {
    it("are tried again up to the attempts, then the job has failed", async () => {
      const queue = await setting.open();
      const attempts: number[] = [];
      await queue.work({
        "luck.try": ({ attempt, id }) => {
          attempts.push(attempt);
          if (id === "good" && attempt === 3) return Promise.resolve();
          throw new Error(`bad luck of ${id}`);
        },
      });
      await queue.add("luck.try", {}, { id: "good" });
      await expect.poll(() => attempts, soon).toEqual([1, 2, 3]);
      await queue.add("luck.try", {}, { id: "evil" });
      await expect.poll(() => attempts, soon).toEqual([1, 2, 3, 1, 2, 3]);
      await expect
        .poll(() => queue.counts(), soon)
        .toMatchObject({ luck: { completed: 1, failed: 1, waiting: 0, delayed: 0 } });
      await expect.poll(setting.logged, soon).toMatch(/bad luck of evil.*A job failed for good/);
    });

    it("time out through the signal", async () => {
      const queue = await setting.open();
      let reason: unknown;
      await queue.work({
        "nap.take": async ({ signal }) => {
          await setTimeout(60_000, undefined, { signal }).catch(() => {});
          reason = signal.reason;
        },
      });
      await queue.add("nap.take", {});
      await expect.poll(async () => (await queue.counts())["nap"]?.failed, soon).toBe(1);
      expect(reason).toMatchObject({ message: "Timed out after 150 ms" });
      await expect.poll(setting.logged, soon).toContain("Timed out after 150 ms");
    });

    it("time out even when the handler does not heed its signal", async () => {
      const queue = await setting.open({ timing: { abortGraceMs: 100 } });
      let naps = 0;
      await queue.work({
        "nap.take": () => {
          naps += 1;
          return naps === 1 ? new Promise(() => {}) : Promise.resolve();
        },
      });
      await queue.add("nap.take", {});
      await expect.poll(async () => (await queue.counts())["nap"]?.failed, soon).toBe(1);
      await expect
        .poll(setting.logged, soon)
        .toContain("Timed out after 150 ms; its handler did not stop");
      await queue.add("nap.take", {});
      await expect.poll(async () => (await queue.counts())["nap"]?.completed, soon).toBe(1);
    });
  });

  describe("schedules", () => {
    it("run once a period however many processes ask", async () => {
      const queues = [await setting.open(), await setting.open(), await setting.open()];
      const ids: string[] = [];
      for (const queue of queues) {
        await queue.work({ "luck.try": async ({ id }) => void ids.push(id) });
        queue.schedule("luck.try", 200);
        queue.schedule("luck.try", 200);
      }
      await expect.poll(() => ids.length, soon).toBeGreaterThanOrEqual(5);
      expect(new Set(ids).size).toBe(ids.length);
      const periods = ids.map((id) => Number(id.split("-")[2])).toSorted((a, b) => a - b);
      const from = periods[0] ?? 0;
      expect(periods).toEqual(periods.map((_, at) => from + at));
    });

    it("refuse an interval that is none", async () => {
      const queue = await setting.open();
      for (const everyMs of [0, -5, 1.5, Number.NaN, 1e12]) {
        expect(() => queue.schedule("luck.try", everyMs)).toThrow("cannot repeat every");
      }
    });
  });

  it("keeps few connections", async () => {
    const queue = await setting.open();
    const nothing = (): Promise<void> => Promise.resolve();
    await queue.work({
      "note.write": nothing,
      "note.erase": nothing,
      "line.next": nothing,
      "pass.make": nothing,
      "luck.try": nothing,
      "nap.take": nothing,
      "hold.on": nothing,
    });
    const jobs = Array.from({ length: 200 }, (_, place) => ({
      job: "line.next" as const,
      payload: { place },
    }));
    await queue.addMany(jobs);
    await expect
      .poll(async () => (await queue.counts())["line"]?.completed, soon)
      .toBe(jobs.length);
    const open = await setting.store().connections(setting.place());
    // PostgreSQL: one pool of 4. Redis: 2 and one that blocks for each of the 6 queues.
    expect(open).toBeLessThanOrEqual("redisUrl" in setting.place() ? 8 : 4);
  });
});

describe("a store that is not there", () => {
  it.each([
    ["PostgreSQL", { databaseUrl: "postgresql://127.0.0.1:1/none" }],
    ["Redis", { databaseUrl: "", redisUrl: "redis://127.0.0.1:1/0" }],
  ])("is said to be unreachable: %s", async (name, place) => {
    const log = createLogger("queue", "silent");
    await expect(createQueue({ ...place, log })).rejects.toMatchObject({
      code: "unavailable",
      message: `The job queue cannot reach ${name}`,
    });
  });
});
