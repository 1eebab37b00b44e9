import { spawnSync } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { PlatformError } from "@tessera/contracts/errors";
import { newId, newSecret } from "@tessera/kit/ids";
import type { PostgresAccount } from "./postgres-account.ts";
import type { PostgresPrograms } from "./postgres-programs.ts";

/** The only role of an embedded server, and the name of its database. */
export const embeddedRole = "tessera";

/** Environment of PostgreSQL's programs: nothing of ours, and the same everywhere. */
export const postgresEnvironment: Readonly<Record<string, string>> = {
  PATH: "/usr/local/bin:/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
};

interface ClusterRequest {
  /** Holds the cluster in `data` and the password. */
  readonly folder: string;
  readonly programs: PostgresPrograms;
  readonly account: PostgresAccount | undefined;
  /** Whether files are forced to disk; off for tests only. */
  readonly durable: boolean;
}

/**
 * How PostgreSQL is told where its data lies: by its working directory when it runs as another
 * user, who need not be able to reach that folder by its path (/root is closed to everyone else).
 */
export function dataFolderArgument(
  dataFolder: string,
  account: PostgresAccount | undefined,
): string {
  return account !== undefined && process.platform === "linux" ? "/proc/self/cwd" : dataFolder;
}

/** The role's password, made at the first call and kept readable by the current user alone. */
export function clusterPassword(folder: string): string {
  const file = path.join(folder, "password");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const draft = `${file}.${newId()}`;
  const password = newSecret();
  writeFileSync(draft, `${password}\n`, { mode: 0o600, flush: true });
  renameSync(draft, file);
  return password;
}

/** Creates the cluster if there is none; one whose creation was interrupted is made anew. */
export function ensureCluster(request: ClusterRequest): void {
  const { folder, account } = request;
  const dataFolder = path.join(folder, "data");
  for (const name of readdirSync(folder)) {
    if (name.startsWith("data.new.")) rmSync(path.join(folder, name), { recursive: true });
  }
  if (existsSync(dataFolder)) return;
  const draft = path.join(folder, `data.new.${newId()}`);
  mkdirSync(draft, { mode: 0o700 });
  if (account !== undefined) chownSync(draft, account.uid, account.gid);
  initialise(draft, request);
  renameSync(draft, dataFolder);
}

function initialise(draft: string, { folder, programs, account, durable }: ClusterRequest): void {
  const passwordCopy = path.join(folder, `password.${newId()}`);
  writeFileSync(passwordCopy, `${clusterPassword(folder)}\n`, { mode: 0o600 });
  if (account !== undefined) chownSync(passwordCopy, account.uid, account.gid);
  const passwordHandle = openSync(passwordCopy, "r");
  try {
    const result = spawnSync(
      programs.initdb,
      [
        `--pgdata=${dataFolderArgument(draft, account)}`,
        `--username=${embeddedRole}`,
        "--pwfile=/dev/fd/3",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
        ...(durable ? [] : ["--no-sync"]),
      ],
      {
        ...account,
        cwd: draft,
        env: postgresEnvironment,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe", passwordHandle],
      },
    );
    if (result.status !== 0) {
      rmSync(draft, { recursive: true, force: true });
      const fault = result.error?.message ?? result.stderr.trim();
      throw new PlatformError(
        "failed_precondition",
        `PostgreSQL's data could not be created: ${fault}`,
      );
    }
  } finally {
    closeSync(passwordHandle);
    rmSync(passwordCopy, { force: true });
  }
}
