import type { LogSource } from "./log-source.ts";

/** In the order of how surely they mean a failure. */
const signs = [
  ["Traceback (most recent call last)", "Segmentation fault", "CUDA out of memory", "panic:"],
  ["error:", "exception:", "fatal:", "[error]", "killed:"],
];

/** The line where things first went wrong, as far as words tell; undefined where none does. */
export async function findFirstError(
  source: LogSource,
  signal: AbortSignal,
): Promise<number | undefined> {
  for (const group of signs) {
    const hits = await Promise.all(group.map((text) => source.search(text, 0, signal)));
    const numbers = hits.flatMap((hit) => hit.lines[0]?.number ?? []);
    if (numbers.length > 0) return Math.min(...numbers);
  }
  return undefined;
}
