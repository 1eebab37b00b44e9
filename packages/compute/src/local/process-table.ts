import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { promisify } from "node:util";

/** A process as the kernel tells it. `start` and `pid` together never come twice between boots. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** 0 where the system does not tell. */
  readonly session: number;
  readonly start: string;
  readonly cpuMs: number;
  readonly rssBytes: number;
  readonly zombie: boolean;
}

export type ProcessTable = ReadonlyMap<number, ProcessEntry>;

const linux = process.platform === "linux";
// The kernel's USER_HZ, fixed at 100 on every architecture that Node runs on.
const msPerTick = 10;
const pageBytes = readPageBytes();

/** AT_PAGESZ of getauxval(3): pages are larger than 4 KiB on some ARM and POWER kernels. */
function readPageBytes(): number {
  const pageSizeTag = 6n;
  try {
    const vector = readFileSync("/proc/self/auxv");
    for (let at = 0; at + 16 <= vector.length; at += 16) {
      if (vector.readBigUInt64LE(at) === pageSizeTag) return Number(vector.readBigUInt64LE(at + 8));
    }
  } catch {
    // Not Linux: ps tells bytes.
  }
  return 4096;
}

/** All processes now: /proc on Linux, ps elsewhere. */
export async function readProcessTable(): Promise<ProcessTable> {
  return linux ? readProc() : readPs();
}

/** The process with this pid, or undefined when there is none. */
export async function readProcess(pid: number): Promise<ProcessEntry | undefined> {
  return linux ? readProcEntry(String(pid)) : (await readPs(["-p", String(pid)])).get(pid);
}

function readProc(): ProcessTable {
  const table = new Map<number, ProcessEntry>();
  for (const name of readdirSync("/proc")) {
    const first = name.charCodeAt(0);
    if (first < 48 || first > 57) continue;
    const entry = readProcEntry(name);
    if (entry) table.set(entry.pid, entry);
  }
  return table;
}

function readProcEntry(name: string): ProcessEntry | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${name}/stat`, "latin1");
  } catch {
    return undefined;
  }
  return parseStat(text);
}

/** A line of /proc/<pid>/stat (proc_pid_stat(5)); the command's name may hold any character. */
export function parseStat(text: string): ProcessEntry {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const state = fields[0] ?? "";
  return {
    pid: Number.parseInt(text, 10),
    parent: Number(fields[1]),
    group: Number(fields[2]),
    session: Number(fields[3]),
    start: fields[19] ?? "",
    cpuMs: (Number(fields[11]) + Number(fields[12])) * msPerTick,
    rssBytes: Number(fields[21]) * pageBytes,
    zombie: state === "Z" || state === "X",
  };
}

const psColumns = ["pid", "ppid", "pgid", "stat", "rss", "time", "lstart"];

/** The table as ps gives it; sessions are not told portably. */
export async function readPs(selection: string[] = ["-A"]): Promise<ProcessTable> {
  // A header ends its option's argument, so each column without one needs an option of its own.
  const args = [...selection, ...psColumns.flatMap((column) => ["-o", `${column}=`])];
  const options = { env: { LC_ALL: "C", PATH: "/usr/bin:/bin" }, maxBuffer: 64 * 1024 * 1024 };
  const output = await promisify(execFile)("ps", args, options).catch((error: unknown) => {
    // ps exits 1 when nothing matches.
    if ((error as { code?: unknown }).code === 1) return { stdout: "" };
    throw error;
  });
  const table = new Map<number, ProcessEntry>();
  for (const line of output.stdout.split("\n")) {
    const entry = parsePsLine(line);
    if (entry) table.set(entry.pid, entry);
  }
  return table;
}

export function parsePsLine(line: string): ProcessEntry | undefined {
  const [pid, parent, group, state, rss, time, ...start] = line.trim().split(/\s+/);
  if (!pid || !time || start.length < 5) return undefined;
  return {
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    session: 0,
    start: start.slice(0, 5).join("-"),
    cpuMs: parseCpuTime(time),
    rssBytes: Number(rss) * 1024,
    zombie: state?.startsWith("Z") ?? false,
  };
}

/** "[dd-]hh:mm:ss", or "mm:ss.cc" as macOS prints it. */
function parseCpuTime(text: string): number {
  const [clock = "", days = "0"] = text.split("-").reverse();
  const seconds = clock.split(":").reduce((total, part) => total * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds) * 1000;
}

/** The value of an environment variable of a process; undefined when unset or not readable. */
export function readVariableOf(pid: number, name: string): string | undefined {
  if (!linux) return undefined;
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return undefined;
  }
  const prefix = `${name}=`;
  const found = text.split("\0").find((variable) => variable.startsWith(prefix));
  return found?.slice(prefix.length);
}

/** Memory that a process has to itself plus its share of what it shares; undefined if not told. */
export function readProportionalBytes(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, "latin1");
    const match = /^Pss:\s+(\d+) kB$/m.exec(text);
    return match ? Number(match[1]) * 1024 : undefined;
  } catch {
    return undefined;
  }
}

/** Out-of-memory kills by the kernel since boot; 0 where it does not tell. */
export function readOomKills(): number {
  try {
    const match = /^oom_kill (\d+)$/m.exec(readFileSync("/proc/vmstat", "latin1"));
    return match ? Number(match[1]) : 0;
  } catch {
    return 0;
  }
}

/** Names the current boot of the machine, so that identities of an earlier one are not trusted. */
export function readBootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  } catch {
    return "";
  }
}
