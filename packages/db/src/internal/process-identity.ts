import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";

/**
 * What tells a process from a later one with the same number: its start time, in the system's own
 * notation. Undefined when there is no such process, or only its unreaped remains.
 */
export function startTimeOf(pid: number): string | undefined {
  if (process.platform === "linux") {
    const fields = linuxStatFields(pid);
    return fields === undefined || fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
  }
  const line = psField(pid, "lstart=");
  return line === undefined || line === "" ? undefined : line;
}

/** Whether the process is a PostgreSQL server process that works in this data folder. */
export function isPostgresIn(pid: number, dataFolder: string): boolean {
  if (process.platform === "linux") {
    try {
      const program = readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, "");
      return (
        path.basename(program) === "postgres" && readlinkSync(`/proc/${pid}/cwd`) === dataFolder
      );
    } catch {
      return false;
    }
  }
  const command = psField(pid, "command=") ?? "";
  return command.includes("postgres") && command.includes(`-D ${dataFolder}`);
}

/** Every PostgreSQL process that works in this data folder; empty where the system cannot tell. */
export function postgresProcessesIn(dataFolder: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isPostgresIn(pid, dataFolder));
}

/** Fields of /proc/<pid>/stat from the state on; the name before them may hold anything. */
function linuxStatFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

function psField(pid: number, field: string): string | undefined {
  try {
    const args = ["-ww", "-o", field, "-p", String(pid)];
    return execFileSync("ps", args, { stdio: ["ignore", "pipe", "ignore"] })
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}
