import { hueOfRun, RUN_HUES } from "@tessera/contracts/run-hue";
import { newId } from "@tessera/kit/ids";
import { randomInt } from "node:crypto";

const MOST_PROJECTS = 10_000;
const MOST_TRIES = 500;

/** The hue of the last run that each project got here; the longest unused is forgotten first. */
const lastHues = new Map<string, number>();

function nextHue(projectId: string): number {
  const hue = ((lastHues.get(projectId) ?? randomInt(RUN_HUES)) + 1) % RUN_HUES;
  lastHues.delete(projectId);
  lastHues.set(projectId, hue);
  const [oldest] = lastHues.keys();
  if (lastHues.size > MOST_PROJECTS && oldest !== undefined) lastHues.delete(oldest);
  return hue;
}

/**
 * An id for a run of a project. A run's hue is a hash of its id; of random ids, two of six runs
 * share one of twelve hues more often than not. So ids are drawn until the hue is the one after the
 * last run's, and twelve runs in a row can be told apart.
 */
export function newRunId(projectId: string): string {
  const wanted = nextHue(projectId);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const id = newId();
    if (hueOfRun(id) === wanted) return id;
  }
  return newId();
}
