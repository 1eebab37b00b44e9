import type { WorkloadState } from "@tessera/contracts/job";
import pc from "picocolors";

const colours: Record<WorkloadState, (text: string) => string> = {
  queued: pc.dim,
  starting: pc.cyan,
  running: pc.cyan,
  finished: pc.green,
  failed: pc.red,
  cancelled: pc.dim,
  lost: pc.yellow,
};

export function stateWord(state: WorkloadState): string {
  return colours[state](state);
}

/** "3 s", "2 min 5 s", "1 h 12 min". */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function age(since: string, now = Date.now()): string {
  return `${duration(now - Date.parse(since))} ago`;
}

/** A text of at most so many characters; what is cut off is marked. */
export function shortened(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** "0 B", "12.3 kB", "1.5 GB": thousands, as disks are sold. */
export function byteCount(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  const at = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${at === 0 ? bytes : (bytes / 1000 ** at).toFixed(1)} ${units[at]}`;
}
