import { describe, expect, it, vi } from "vitest";
import { findFirstError } from "./first-error.ts";
import type { LogRow, LogSource, LogStatus } from "./log-source.ts";
import { LogStore, pageLines } from "./log-store.ts";

function row(number: number, text = `line ${number}`): LogRow {
  return { number, text, stream: "stdout", at: "2026-01-01T00:00:00.000Z", attempt: 1 };
}

/** A log in memory behind the same interface as the API's. */
class MemoryLog implements LogSource {
  readonly reads: [from: number, limit: number][] = [];
  broken = false;
  #tell: ((status: LogStatus, fresh: readonly LogRow[]) => void) | undefined;
  rows: LogRow[];

  constructor(rows: LogRow[]) {
    this.rows = rows;
  }

  read = async (from: number, limit: number) => {
    this.reads.push([from, limit]);
    if (this.broken) throw new Error("no connection");
    return this.rows.slice(from, from + limit);
  };

  search = async (text: string, from: number) => ({
    lines: this.rows.filter(
      (one) => one.number >= from && one.text.toLowerCase().includes(text.toLowerCase()),
    ),
  });

  subscribe(listener: (status: LogStatus, fresh: readonly LogRow[]) => void) {
    this.#tell = listener;
    listener({ total: this.rows.length, complete: false }, []);
    return () => {
      this.#tell = undefined;
    };
  }

  append(...texts: string[]) {
    const fresh = texts.map((text, at) => row(this.rows.length + at, text));
    this.rows.push(...fresh);
    this.#tell?.({ total: this.rows.length, complete: false }, fresh);
  }
}

const lines = (count: number) => Array.from({ length: count }, (_, at) => row(at));

describe("LogStore", () => {
  it("asks for the pages on the screen only, each once", async () => {
    const log = new MemoryLog(lines(1_000_000));
    const store = new LogStore(log);
    store.start();
    store.want(700_100, 700_160);
    store.want(700_110, 700_170);
    await vi.waitFor(() => expect(store.row(700_120)?.text).toBe("line 700120"));
    expect(log.reads).toEqual([[700_000, pageLines]]);
    expect(store.row(0)).toBeUndefined();
  });

  it("shows lines that come in without asking for them again", async () => {
    const log = new MemoryLog(lines(10));
    const store = new LogStore(log);
    store.start();
    store.want(0, 9);
    await vi.waitFor(() => expect(store.row(9)).toBeDefined());
    log.append("fresh");
    expect([store.snapshot().total, store.row(10)?.text]).toEqual([11, "fresh"]);
    store.want(0, 10);
    expect(log.reads).toHaveLength(1);
  });

  it("asks for the rest of a page where lines were missed", async () => {
    const log = new MemoryLog(lines(10));
    const store = new LogStore(log);
    store.start();
    log.append("one", "two");
    expect(store.row(10)).toBeUndefined();
    store.want(0, 11);
    await vi.waitFor(() => expect(store.row(11)?.text).toBe("two"));
  });

  it("forgets pages that are long out of sight, and keeps memory bounded", async () => {
    const log = new MemoryLog(lines(100_000));
    const store = new LogStore(log);
    store.start();
    for (let page = 0; page < 100; page += 1) {
      const first = page * pageLines;
      store.want(first, first + 10);
      await vi.waitFor(() => expect(store.row(first)).toBeDefined(), { interval: 1 });
    }
    expect(store.row(0)).toBeUndefined();
    expect(store.row(99 * pageLines)).toBeDefined();
  });

  it("says what failed, does not hammer, and tries again when told", async () => {
    const log = new MemoryLog(lines(10));
    log.broken = true;
    const store = new LogStore(log);
    store.start();
    store.want(0, 9);
    await vi.waitFor(() => expect(store.snapshot().error).toBeInstanceOf(Error));
    store.want(0, 9);
    expect(log.reads).toHaveLength(1);
    log.broken = false;
    store.retry();
    store.want(0, 9);
    await vi.waitFor(() => expect(store.row(9)).toBeDefined());
    expect(store.snapshot().error).toBeUndefined();
  });

  it("tells its listeners of each change", () => {
    const log = new MemoryLog(lines(1));
    const store = new LogStore(log);
    store.start();
    const heard = vi.fn<() => void>();
    store.subscribe(heard);
    const before = store.snapshot();
    log.append("x");
    expect(heard).toHaveBeenCalledOnce();
    expect(store.snapshot()).not.toBe(before);
  });
});

describe("findFirstError", () => {
  const signal = new AbortController().signal;

  it("prefers the beginning of a traceback to a word in passing", async () => {
    const log = new MemoryLog([
      row(0, "epoch 1 error=0.3"),
      row(1, "Traceback (most recent call last):"),
      row(2, "ValueError: bad shape"),
    ]);
    expect(await findFirstError(log, signal)).toBe(1);
  });

  it("falls back to lines that name an error, and finds none in a clean log", async () => {
    const log = new MemoryLog([row(0, "fine"), row(1, "ERROR: disk is full")]);
    expect(await findFirstError(log, signal)).toBe(1);
    expect(await findFirstError(new MemoryLog([row(0, "fine")]), signal)).toBeUndefined();
  });
});
