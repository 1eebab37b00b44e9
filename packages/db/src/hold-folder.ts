import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { PlatformError } from "@tessera/contracts/errors";
import { newId } from "@tessera/kit/ids";
import { startTimeOf } from "./internal/process-identity.ts";

interface Holder {
  readonly pid: number;
  readonly startTime: string;
  readonly token: string;
}

/**
 * Makes a process, this one unless told, the only holder of a folder until the release is called or
 * the process ends, however it ends: a lock whose holder is gone is taken over.
 *
 * @throws PlatformError failed_precondition while another living process holds it.
 */
export function holdFolder(folder: string, pid = process.pid): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, "holder.json");
  const startTime = startTimeOf(pid) ?? "unknown";
  const mine: Holder = { pid, startTime, token: newId() };
  const draft = `${file}.${mine.token}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    // Each round either takes the lock, finds it held, or clears away one dead holder.
    while (!tryLink(draft, file)) removeDeadHolder(file, folder);
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (readHolder(file)?.token === mine.token) rmSync(file, { force: true });
  };
}

/** The living process that holds the folder, this one included. */
export function folderHolder(folder: string): number | undefined {
  const holder = readHolder(path.join(folder, "holder.json"));
  return holder && startTimeOf(holder.pid) === holder.startTime ? holder.pid : undefined;
}

function removeDeadHolder(file: string, folder: string): void {
  if (!existsSync(file)) return;
  const holder = readHolder(file);
  if (holder !== undefined && folderHolder(folder) !== undefined) {
    throw new PlatformError("failed_precondition", `${folder} is in use by process ${holder.pid}`, {
      details: { pid: holder.pid },
    });
  }
  const aside = `${file}.dead.${newId()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  // Another starter may have replaced the dead holder between the look and the rename.
  const moved = readHolder(aside);
  if (moved !== undefined && moved.token !== holder?.token) tryLink(aside, file);
  rmSync(aside, { force: true });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}
