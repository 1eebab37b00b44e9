import { setTimeout as delay } from "node:timers/promises";
import { ApiError } from "@tessera/client/api-error";
import { readEvents } from "@tessera/client/read-events";
import type { Job } from "@tessera/contracts/job";
import { LogLine, streamJobLog } from "@tessera/contracts/log";
import type { Session } from "./session.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

interface FollowOptions {
  readonly signal: AbortSignal;
  readonly onLine: (line: LogLine) => void;
}

type JobRef = Pick<Job, "project" | "id">;

/** Prints a line where it belongs: output as it was, the platform's own words to standard error. */
export function printLine(session: Session, line: LogLine): void {
  if (session.output.json) session.output.line(line, () => line.text);
  else if (line.stream === "stdout") process.stdout.write(`${line.text}\n`);
  else process.stderr.write(`${line.text}\n`);
}

/** Follows a job's log to its end, resuming where it was when the connection breaks. */
export async function followLog(
  session: Session,
  { project, id }: JobRef,
  { signal, onLine }: FollowOptions,
): Promise<void> {
  let from = 0;
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
        onLine(line);
        from = line.number + 1;
        pause = FIRST_PAUSE_MS;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError && error.status < 500) throw error;
      session.output.note(`The connection broke; trying again in ${pause / 1000} s`);
    }
    await delay(pause, undefined, { signal }).catch(() => undefined);
    pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
  }
}
