import { getEnvironmentLog } from "@tessera/contracts/environment";
import { client } from "../../data/client.ts";
import type { LogRow, LogSource, LogStatus } from "../../parts/log-view/log-source.ts";

const pollMs = 1000;

export interface BuildLog {
  readonly project: string;
  readonly name: string;
  readonly number: number;
}

type Listener = (status: LogStatus, fresh: readonly LogRow[]) => void;

/**
 * A build's log as the log view reads it. It is short: all of it is kept here, and read on every
 * second while the build goes on.
 */
export function buildLogSource(log: BuildLog): LogSource {
  const reader = new BuildLogReader(log);
  return {
    read: async (from, limit) => reader.rows.slice(from, from + limit),
    search: async (text, from) => {
      const wanted = text.toLowerCase();
      const lines = reader.rows.filter(
        (row) => row.number >= from && row.text.toLowerCase().includes(wanted),
      );
      return { lines };
    },
    subscribe: (listener) => reader.follow(listener),
  };
}

class BuildLogReader {
  readonly rows: LogRow[] = [];
  readonly #log: BuildLog;
  #offset = 0;
  /** A last line without its end: more of it may come. */
  #rest = "";
  #complete = false;

  constructor(log: BuildLog) {
    this.#log = log;
  }

  follow(listener: Listener): () => void {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    listener(this.#status(), this.rows);
    const step = async () => {
      try {
        const fresh = await this.#read(abort.signal);
        if (!abort.signal.aborted) listener(this.#status(), fresh);
      } catch (error) {
        if (!abort.signal.aborted) listener({ ...this.#status(), error }, []);
      }
      if (!this.#complete && !abort.signal.aborted) timer = setTimeout(() => void step(), pollMs);
    };
    if (!this.#complete) void step();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }

  #status(): LogStatus {
    return { total: this.rows.length, complete: this.#complete };
  }

  async #read(signal: AbortSignal): Promise<LogRow[]> {
    const { project, name, number } = this.#log;
    const page = await client.call(getEnvironmentLog, {
      params: { project, name, number },
      query: { offset: this.#offset },
      signal,
    });
    // Two readers may overlap for a moment; only one of them counts.
    if (signal.aborted || page.nextOffset < this.#offset) return [];
    this.#offset = page.nextOffset;
    this.#complete = page.complete;
    return this.#take(page.text, page.complete);
  }

  #take(text: string, complete: boolean): LogRow[] {
    const lines = (this.#rest + text).split("\n");
    this.#rest = complete ? "" : (lines.pop() ?? "");
    if (complete && lines.at(-1) === "") lines.pop();
    const at = new Date().toISOString();
    const fresh = lines.map<LogRow>((line, index) => ({
      number: this.rows.length + index,
      text: line,
      stream: "stdout",
      at,
      attempt: 1,
    }));
    this.rows.push(...fresh);
    return fresh;
  }
}
