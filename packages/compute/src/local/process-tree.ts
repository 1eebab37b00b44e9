import { readProcessTable, readVariableOf } from "./process-table.ts";
import type { ProcessEntry, ProcessTable } from "./process-table.ts";

/** Set in each attempt's environment, so that processes that left its session are found. */
export const markerVariable = "TESSERA_ATTEMPT_DIRECTORY";

/** The shim of an attempt: a pid comes again, a pid with its start time does not. */
export interface TreeIdentity {
  /** The attempt's directory: another platform on this machine may know the same attempt id. */
  readonly directory: string;
  readonly pid: number;
  readonly start: string;
}

/** The attempt's shim if it lives; another process with its pid is not it. */
export function leaderOf(table: ProcessTable, tree: TreeIdentity): ProcessEntry | undefined {
  const entry = table.get(tree.pid);
  return entry && entry.start === tree.start && !entry.zombie ? entry : undefined;
}

/**
 * The attempt's processes without its shim: those of its group or session, and their descendants.
 * While the shim lives its number cannot be another's; afterwards only marked processes count, for
 * a number that is free again may name a stranger's group.
 */
export function membersOf(table: ProcessTable, tree: TreeIdentity): ProcessEntry[] {
  const leader = leaderOf(table, tree);
  const recycled = !leader && table.get(tree.pid)?.zombie === false;
  const roots = [...table.values()].filter((entry) => {
    if (entry.session !== tree.pid && entry.group !== tree.pid) return false;
    return leader !== undefined || (!recycled && isMarked(entry, tree));
  });
  return withDescendants(table, leader ? [leader, ...roots] : roots).filter(
    (entry) => entry.pid !== tree.pid && !entry.zombie,
  );
}

/** Members, and processes with the attempt's mark wherever they went. Reads environments: slower. */
export function membersAndEscapedOf(table: ProcessTable, tree: TreeIdentity): ProcessEntry[] {
  const found = new Map(membersOf(table, tree).map((entry) => [entry.pid, entry]));
  for (const entry of table.values()) {
    if (found.has(entry.pid) || entry.pid === tree.pid || entry.zombie) continue;
    if (Number(entry.start) < Number(tree.start)) continue;
    if (readVariableOf(entry.pid, markerVariable) === tree.directory) found.set(entry.pid, entry);
  }
  return [...found.values()];
}

// Where environments cannot be read, the group is all the evidence there is.
function isMarked(entry: ProcessEntry, tree: TreeIdentity): boolean {
  if (process.platform !== "linux") return true;
  return readVariableOf(entry.pid, markerVariable) === tree.directory;
}

function withDescendants(table: ProcessTable, roots: ProcessEntry[]): ProcessEntry[] {
  const children = new Map<number, ProcessEntry[]>();
  for (const entry of table.values()) {
    const siblings = children.get(entry.parent);
    if (siblings) siblings.push(entry);
    else children.set(entry.parent, [entry]);
  }
  const found = new Set(roots);
  for (const entry of found) {
    for (const child of children.get(entry.pid) ?? []) found.add(child);
  }
  return [...found];
}

/** Sends a signal; false when there is no such process, or it belongs to somebody else. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Readings of the process table; all who ask before one begins share it. */
export class ProcessSnapshots {
  #next: Promise<ProcessTable> | undefined;

  take(): Promise<ProcessTable> {
    this.#next ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        this.#next = undefined;
        readProcessTable().then(resolve, reject);
      });
    });
    return this.#next;
  }
}
