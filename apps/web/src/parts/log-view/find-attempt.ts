import type { LogSource } from "./log-source.ts";

/** The first line of an attempt, found by halving; undefined where it wrote none. */
export async function findAttempt(
  source: LogSource,
  attempt: number,
  { total, signal }: { total: number; signal: AbortSignal },
): Promise<number | undefined> {
  const attemptAt = async (line: number) => (await source.read(line, 1, signal))[0]?.attempt;
  let low = 0;
  let high = total;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (((await attemptAt(middle)) ?? attempt) < attempt) low = middle + 1;
    else high = middle;
  }
  return low < total && (await attemptAt(low)) === attempt ? low : undefined;
}
