import type { Complaints } from "./watch/complaints.ts";

interface RepeatOptions {
  readonly name: string;
  readonly everyMs: number;
  readonly complaints: Complaints;
  readonly signal: AbortSignal;
}

/**
 * Does `work` again and again, each time `everyMs` after it ended; a failure is noted and the
 * next time comes. Resolves after the last one when the signal aborts.
 */
export async function repeat(work: () => Promise<void>, options: RepeatOptions): Promise<void> {
  const { name, everyMs, complaints, signal } = options;
  while (!signal.aborted) {
    await work().catch((error: unknown) => complaints.note(name, error, `${name} failed`));
    await pause(everyMs, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (signal.aborted) done();
    else signal.addEventListener("abort", done);
  });
}
