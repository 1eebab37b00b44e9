import { once } from "node:events";
import Table from "cli-table3";
import pc from "picocolors";

/** Where a command's results go: words and tables for people, JSON for programs. */
export interface Output {
  readonly json: boolean;
  /** Whether somebody watches: `progress` shows something. */
  readonly terminal: boolean;
  /** A result; with --json, the only thing on standard output. */
  result(value: unknown, inWords: () => string): void;
  /** Something on the way, for people only; on standard error, so that pipes stay clean. */
  note(text: string): void;
  /** Replaces the line before, on a terminal; nothing elsewhere. Empty takes it away. */
  progress(text: string): void;
  /** One thing of many, as a line of JSON or in words. */
  line(value: unknown, inWords: () => string): void;
  /** A line of a job's own output; resolves when whoever reads it is ready for more. */
  print(stream: "stdout" | "stderr", text: string): Promise<void>;
}

export function createOutput(json: boolean): Output {
  const terminal = process.stderr.isTTY && !json;
  let shown = false;
  const clear = (): void => {
    if (shown) process.stderr.write("\r\u001b[K");
    shown = false;
  };
  const write = (text: string): void => {
    clear();
    process.stdout.write(`${text}\n`);
  };
  return {
    json,
    terminal,
    result: (value, inWords) => write(json ? JSON.stringify(value, null, 2) : inWords()),
    line: (value, inWords) => write(json ? JSON.stringify(value) : inWords()),
    print: async (stream, text) => {
      clear();
      if (!process[stream].write(`${text}\n`)) await once(process[stream], "drain");
    },
    note: (text) => {
      if (json) return;
      clear();
      process.stderr.write(`${text}\n`);
    },
    progress: (text) => {
      if (!terminal) return;
      clear();
      if (text !== "") process.stderr.write(text);
      shown = text !== "";
    },
  };
}

/** A table without frames, as `ps` and `squeue` print theirs. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const bare = {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
    "bottom-right": "",
    left: "",
    "left-mid": "",
    mid: "",
    "mid-mid": "",
    right: "",
    "right-mid": "",
    middle: "  ",
  };
  const table = new Table({
    head: head.map((word) => pc.dim(word)),
    chars: bare,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
