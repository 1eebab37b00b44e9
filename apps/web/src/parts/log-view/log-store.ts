import type { LogRow, LogSource, LogStatus } from "./log-source.ts";

/** Lines a request. */
export const pageLines = 500;
/** Pages that are kept; those least recently wanted go first. */
const keptPages = 40;

interface Page {
  rows: LogRow[];
  /** Set while a request is out. */
  abort: AbortController | undefined;
  error: unknown;
}

export interface LogSnapshot extends LogStatus {
  /** Changes with every change of what is known. */
  version: number;
  /** Why lines on the screen could not be loaded, or new ones do not come. */
  error: unknown;
}

/** The known part of a log: pages around what is looked at, and the newest lines. */
export class LogStore {
  readonly #source: LogSource;
  /** In the order of use, the least recent first. */
  readonly #pages = new Map<number, Page>();
  readonly #listeners = new Set<() => void>();
  #snapshot: LogSnapshot = { total: 0, complete: false, version: 0, error: undefined };
  #stop: (() => void) | undefined;
  #pageError: unknown;
  #sourceError: unknown;

  constructor(source: LogSource) {
    this.#source = source;
  }

  /** Begins to follow the source; returns how to stop. */
  start(): () => void {
    this.#stop ??= this.#source.subscribe((status, fresh) => this.#advance(status, fresh));
    return () => {
      this.#stop?.();
      this.#stop = undefined;
      for (const page of this.#pages.values()) page.abort?.abort();
    };
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): LogSnapshot => this.#snapshot;

  /** A line, if it is known. */
  row(number: number): LogRow | undefined {
    return this.#pages.get(Math.floor(number / pageLines))?.rows[number % pageLines];
  }

  /** Sees to it that lines are loaded, those that are missing only. */
  want(from: number, to: number) {
    const last = Math.min(to, this.#snapshot.total - 1);
    if (last < from) return;
    for (
      let index = Math.floor(Math.max(0, from) / pageLines);
      index * pageLines <= last;
      index += 1
    ) {
      const page = this.#touch(index);
      const expected = Math.min(pageLines, this.#snapshot.total - index * pageLines);
      const needed = Math.min(expected, last + 1 - index * pageLines);
      if (page.rows.length < needed && !page.abort && page.error === undefined)
        void this.#load(index, page);
    }
    this.#forget();
  }

  /** Asks again for what failed. */
  retry() {
    for (const page of this.#pages.values()) page.error = undefined;
    this.#pageError = undefined;
    this.#change({});
  }

  /** The text of a range of lines, loaded where it must be; at most `limit` lines. */
  async textOf(from: number, to: number, limit = 20_000): Promise<string> {
    const rows = await this.#source.read(
      from,
      Math.min(limit, to - from + 1),
      new AbortController().signal,
    );
    return rows.map((row) => row.text).join("\n");
  }

  #touch(index: number): Page {
    const page = this.#pages.get(index) ?? { rows: [], abort: undefined, error: undefined };
    this.#pages.delete(index);
    this.#pages.set(index, page);
    return page;
  }

  #forget() {
    for (const [index, page] of this.#pages) {
      if (this.#pages.size <= keptPages) return;
      page.abort?.abort();
      this.#pages.delete(index);
    }
  }

  async #load(index: number, page: Page) {
    const abort = new AbortController();
    page.abort = abort;
    const from = index * pageLines + page.rows.length;
    try {
      const rows = await this.#source.read(from, pageLines - page.rows.length, abort.signal);
      if (!abort.signal.aborted) for (const row of rows) put(page, row);
    } catch (error) {
      if (!abort.signal.aborted) page.error = error;
    }
    page.abort = undefined;
    if (abort.signal.aborted) return;
    this.#pageError = page.error ?? this.#pageError;
    this.#change({});
  }

  #advance(status: LogStatus, fresh: readonly LogRow[]) {
    for (const row of fresh) {
      const index = Math.floor(row.number / pageLines);
      const page =
        this.#pages.get(index) ?? (row.number % pageLines === 0 ? this.#touch(index) : undefined);
      if (page) put(page, row);
    }
    this.#forget();
    this.#sourceError = status.error;
    // A late answer may know less than what has come since.
    this.#change({
      total: Math.max(status.total, this.#snapshot.total),
      complete: status.complete,
    });
  }

  #change(change: Partial<LogStatus>) {
    const error = this.#pageError ?? this.#sourceError;
    const version = this.#snapshot.version + 1;
    this.#snapshot = { ...this.#snapshot, ...change, error, version };
    for (const listener of this.#listeners) listener();
  }
}

/** Adds a line that follows on the last one; one that would leave a gap is asked for later. */
function put(page: Page, row: LogRow) {
  if (row.number % pageLines === page.rows.length) page.rows.push(row);
}
