import { setTimeout as delay } from "node:timers/promises";
import { ApiError } from "@tessera/client/api-error";
import { readEvents } from "@tessera/client/read-events";
import type { Job } from "@tessera/contracts/job";
import { LogLine, streamJobLog } from "@tessera/contracts/log";
import type { Session } from "./session.ts";
import { isPassing } from "./persist.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

interface FollowOptions {
  /** Number of the first line; 0 unless told. */
  readonly from?: number;
  readonly signal: AbortSignal;
  /** The next line comes when this one is dealt with. */
  readonly onLine: (line: LogLine) => Promise<void>;
}

type JobRef = Pick<Job, "project" | "id">;

/** Prints a line where it belongs: output as it was, the platform's own words to standard error. */
export function printLine({ output }: Session, line: LogLine): Promise<void> {
  if (output.json) return output.print("stdout", JSON.stringify(line));
  return output.print(line.stream === "stdout" ? "stdout" : "stderr", line.text);
}

/** Follows a job's log to its end, resuming where it was when the connection breaks. */
export async function followLog(
  session: Session,
  { project, id }: JobRef,
  { from: first = 0, signal, onLine }: FollowOptions,
): Promise<void> {
  let from = first;
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      const response = await session.client.open(streamJobLog, {
        params: { project, id },
        query: { from },
        signal,
        headers: { accept: "text/event-stream" },
      });
      for await (const event of readEvents(response)) {
        if (event.event === "end") return;
        if (event.event !== "line") continue;
        const line = LogLine.parse(JSON.parse(event.data));
        await onLine(line);
        from = line.number + 1;
        pause = FIRST_PAUSE_MS;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError && !isPassing(error)) throw error;
      session.output.note(`The connection broke; trying again in ${pause / 1000} s`);
    }
    await delay(pause, undefined, { signal }).catch(() => undefined);
    pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
  }
}
