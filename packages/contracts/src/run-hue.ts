/** How many hues runs are drawn in. */
export const RUN_HUES = 12;

/**
 * The hue that a run has on every page unless somebody chose another: FNV-1a of its id, from 0 to
 * `RUN_HUES - 1`.
 */
export function hueOfRun(runId: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < runId.length; at += 1) {
    hash = Math.imul(hash ^ runId.charCodeAt(at), 0x01000193);
  }
  // FNV's low bits are weak for ids that differ in one place: fold the high ones in.
  hash ^= hash >>> 15;
  return (hash >>> 0) % RUN_HUES;
}
