import type { Run, RunKeys } from "@tessera/contracts/run";

// Each run is looked through once for the same keys, though lists come anew every few seconds.
const within = new WeakMap<Run, RunKeys>();

/** Whether a run has a metric, param or tag that is not among the known ones. */
export function hasUnknownKey(runs: readonly Run[], keys: RunKeys): boolean {
  const fresh = runs.filter((run) => within.get(run) !== keys);
  if (fresh.length === 0) return false;
  const metrics = new Set(keys.metrics);
  const params = new Set(keys.params);
  const tags = new Set(keys.tags);
  return fresh.some((run) => {
    const known =
      run.metrics.every(({ key }) => metrics.has(key)) &&
      Object.keys(run.params).every((key) => params.has(key)) &&
      Object.keys(run.tags).every((key) => tags.has(key));
    if (known) within.set(run, keys);
    return !known;
  });
}
