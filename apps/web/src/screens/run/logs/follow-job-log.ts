import { getJobLog, LogLine, streamJobLog } from "@tessera/contracts/log";
import { client } from "../../../data/client.ts";
import type { LogRow, LogStatus } from "../../../parts/log-view/log-source.ts";
import type { JobLog } from "./job-log.ts";

export type LogListener = (status: LogStatus, fresh: readonly LogRow[]) => void;

/** Lines that come with the first answer: what the end of the view shows. */
const firstLines = 200;
/** Lines come in bursts; the view hears of them this often at most. */
const gatherMs = 80;
const longestPauseMs = 15_000;

/**
 * Follows a job's log to its end: the last lines at once, then each line as it comes. A page that
 * nobody sees holds no connection, since a browser has few for each server.
 */
export function followJobLog(log: JobLog, listener: LogListener): () => void {
  const follower = new LogFollower(log, listener);
  const look = () => (document.hidden ? follower.rest() : follower.go());
  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    document.removeEventListener("visibilitychange", look);
    follower.rest();
  };
}

class LogFollower {
  readonly #log: JobLog;
  readonly #listener: LogListener;
  /** Undefined until the first answer came. */
  #total: number | undefined;
  #complete = false;
  #failures = 0;
  #fresh: LogRow[] = [];
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort: AbortController | undefined;

  constructor(log: JobLog, listener: LogListener) {
    this.#log = log;
    this.#listener = listener;
  }

  go() {
    if (this.#complete || this.#source || this.#abort) return;
    if (this.#total === undefined) void this.#begin();
    else this.#listen(this.#total);
  }

  rest() {
    this.#abort?.abort();
    this.#abort = undefined;
    this.#source?.close();
    this.#source = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  get #params() {
    return { project: this.#log.project, id: this.#log.id };
  }

  async #begin() {
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const page = await client.call(getJobLog, {
        params: this.#params,
        query: { from: -firstLines, limit: firstLines, stream: this.#log.stream },
        signal: abort.signal,
      });
      if (abort.signal.aborted) return;
      this.#abort = undefined;
      this.#failures = 0;
      this.#total = page.total;
      this.#complete = page.complete;
      this.#listener({ total: page.total, complete: page.complete }, page.lines);
      this.go();
    } catch (error) {
      if (abort.signal.aborted) return;
      this.#abort = undefined;
      this.#listener({ total: this.#total ?? 0, complete: false, error }, []);
      this.#goLater();
    }
  }

  #goLater() {
    this.#failures += 1;
    const pause = Math.min(longestPauseMs, 1000 * 2 ** (this.#failures - 1));
    this.#timer = setTimeout(() => this.go(), pause);
  }

  #listen(from: number) {
    const query = { from, stream: this.#log.stream };
    const source = new EventSource(client.urlOf(streamJobLog, { params: this.#params, query }));
    this.#source = source;
    source.addEventListener("line", (event: MessageEvent<string>) => this.#take(event.data));
    source.addEventListener("end", () => {
      this.#complete = true;
      this.rest();
      this.#tell();
    });
    source.addEventListener("error", () => {
      // A broken connection comes back by itself, and goes on where it was; a refused one does not.
      if (source.readyState !== EventSource.CLOSED) return;
      this.#source = undefined;
      this.#goLater();
    });
  }

  #take(text: string) {
    const line = LogLine.safeParse(JSON.parse(text));
    if (!line.success) return;
    this.#failures = 0;
    this.#fresh.push(line.data);
    this.#total = Math.max(this.#total ?? 0, line.data.number + 1);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tell();
    }, gatherMs);
  }

  #tell() {
    const fresh = this.#fresh;
    this.#fresh = [];
    this.#listener({ total: this.#total ?? 0, complete: this.#complete }, fresh);
  }
}
