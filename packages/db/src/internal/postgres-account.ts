import { execFileSync, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { PlatformError } from "@tessera/contracts/errors";

/** The operating-system user that PostgreSQL runs as, where it is not the current one. */
export interface PostgresAccount {
  readonly uid: number;
  readonly gid: number;
}

const accountName = "postgres";

/**
 * Who PostgreSQL runs as: the current user, or, when that is root, which PostgreSQL refuses, the
 * owner of the data folder; for a new folder the user "postgres", created if it is missing.
 * Undefined stands for the current user.
 */
export function postgresAccount(dataFolder: string): PostgresAccount | undefined {
  const owner = statSync(dataFolder, { throwIfNoEntry: false });
  const uid = process.getuid?.();
  if (uid !== 0) {
    if (owner !== undefined && uid !== undefined && owner.uid !== uid) {
      throw new PlatformError(
        "failed_precondition",
        `${dataFolder} belongs to user ${owner.uid}: start as that user or as root`,
      );
    }
    return undefined;
  }
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return findAccount() ?? createAccount();
}

function findAccount(): PostgresAccount | undefined {
  try {
    return { uid: numberFromId("-u"), gid: numberFromId("-g") };
  } catch {
    return undefined;
  }
}

function numberFromId(flag: "-u" | "-g"): number {
  const output = execFileSync("id", [flag, accountName], { stdio: ["ignore", "pipe", "ignore"] });
  return Number.parseInt(output.toString(), 10);
}

function createAccount(): PostgresAccount {
  const attempts: [string, string[]][] = [
    [
      "useradd",
      ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", accountName],
    ],
    ["adduser", ["-S", "-D", "-H", "-s", "/bin/false", accountName]],
  ];
  const faults: string[] = [];
  for (const [command, args] of attempts) {
    const result = spawnSync(command, args, { encoding: "utf8" });
    const account = result.status === 0 ? findAccount() : undefined;
    if (account !== undefined) return account;
    faults.push(result.error?.message ?? `${command}: ${result.stderr.trim()}`);
  }
  throw new PlatformError(
    "failed_precondition",
    `PostgreSQL does not run as root, and the user "${accountName}" could not be created ` +
      `(${faults.join("; ")}). Create it, start as an ordinary user, or set DATABASE_URL`,
  );
}
