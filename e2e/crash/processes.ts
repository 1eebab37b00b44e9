import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
  readonly command: string;
}

function processTable(): ProcessRow[] {
  const text = execFileSync("ps", ["-ww", "-eo", "pid=,ppid=,sid=,args="]).toString();
  return text
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, parent, session, command]) => ({
      pid: Number(pid),
      parent: Number(parent),
      session: Number(session),
      command: command ?? "",
    }));
}

function childrenOf(table: readonly ProcessRow[], pid: number): ProcessRow[] {
  const own = table.filter((row) => row.parent === pid);
  return own.flatMap((row) => [row, ...childrenOf(table, row.pid)]);
}

/** Processes of the platform under a supervisor, itself included, without those of its jobs. */
export function platformProcesses(supervisor: number): ProcessRow[] {
  const table = processTable();
  const own = table.filter((row) => row.pid === supervisor);
  const all = [...own, ...childrenOf(table, supervisor)];
  const jobs = new Set(
    all.filter((row) => row.command.includes("tessera-attempt")).map((row) => row.session),
  );
  return all.filter((row) => !jobs.has(row.session));
}

/** The number of one of a platform's processes, by a part of its command. */
export function processOf(supervisor: number, part: "worker" | "server" | "postgres"): number {
  const words = { worker: "worker/dist", server: "server/dist/main", postgres: "postgres -D" };
  const found = platformProcesses(supervisor).find(({ command }) => command.includes(words[part]));
  if (found === undefined) throw new Error(`There is no ${part} under ${supervisor}`);
  return found.pid;
}

/** Kills as the kernel would; those that have ended already are no matter. */
export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}

/** Every living process that has to do with a folder, by its command or its environment. */
export function processesAbout(folder: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => ({ pid, command: read(`/proc/${pid}/cmdline`).replaceAll("\0", " ") }))
    .filter(({ pid, command }) => `${command}${read(`/proc/${pid}/environ`)}`.includes(folder))
    .map(({ pid, command }) => `${pid} ${command}`);
}
