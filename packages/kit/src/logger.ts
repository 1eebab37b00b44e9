import { writeSync } from "node:fs";
import pino from "pino";

export type Logger = pino.Logger;

const STANDARD_ERROR = 2;
/** How often, and after how many milliseconds, a reader that is slow is waited for. */
const TRIES = 100;
const PAUSE_MS = 10;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}

/**
 * Writes at once, since the last lines before an end are the ones that matter. A line that cannot
 * be written, as on a full disk, is dropped: that is no reason to end, or to wait.
 */
function destinationOf(fd: number): pino.DestinationStream {
  return {
    write(line) {
      let rest = Buffer.from(line);
      for (let tries = 0; rest.length > 0 && tries < TRIES; tries += 1) {
        try {
          rest = rest.subarray(writeSync(fd, rest));
        } catch (error) {
          if (!isBusy(error)) return;
          Atomics.wait(sleeper, 0, 0, PAUSE_MS);
        }
      }
    },
  };
}

/**
 * A JSON logger on standard error, or on another file descriptor; secrets never reach it under
 * these names.
 */
export function createLogger(name: string, level = "info", fd = STANDARD_ERROR): Logger {
  return pino(
    {
      name,
      level,
      redact: [
        "password",
        "token",
        "*.password",
        "*.token",
        "req.headers.authorization",
        "req.headers.cookie",
      ],
    },
    destinationOf(fd),
  );
}
