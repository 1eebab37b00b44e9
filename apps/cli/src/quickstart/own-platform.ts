import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { platformOrigin } from "../address.ts";
import { HOME_IN_USE } from "@tessera/contracts/exit-code";
import { CliError } from "../cli-error.ts";
import { PLATFORM_SCRIPT } from "../commands/up.ts";
import { type Address, localAddress } from "../credentials.ts";
import type { CliEnv } from "../env.ts";
import type { Output } from "../output/output.ts";
import { isAlive, stopPlatform } from "../stop-platform.ts";

const START_PATIENCE_MS = 90_000;

export interface OwnPlatform {
  readonly url: string;
  /** Whether it was started here, just now. */
  readonly started: boolean;
  stop(): Promise<void>;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) });
    return response.ok;
  } catch {
    return false;
  }
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trim().split("\n").slice(-8).join("\n");
}

interface Launched {
  readonly pid: number;
  ended(): boolean;
  /** Whether it left the home to a platform that was there before it. */
  gaveWay(): boolean;
}

function launch(env: CliEnv, logFile: string): Launched {
  const log = openSync(logFile, "w", 0o600);
  const child = spawn(process.execPath, [PLATFORM_SCRIPT], {
    env: { ...env.all } as NodeJS.ProcessEnv,
    stdio: ["ignore", log, log],
    detached: true,
  });
  child.unref();
  return {
    pid: child.pid ?? 0,
    ended: () => child.exitCode !== null || child.signalCode !== null,
    gaveWay: () => child.exitCode === HOME_IN_USE,
  };
}

async function untilUp(env: CliEnv, child: Launched, logFile: string): Promise<Address> {
  const deadline = Date.now() + START_PATIENCE_MS;
  for (;;) {
    const address = await localAddress(env);
    const expected = address?.pid === child.pid || child.gaveWay();
    if (address && expected && isAlive(address.pid) && (await answers(address.url))) return address;
    if ((child.ended() && !child.gaveWay()) || Date.now() > deadline) {
      throw new CliError(`The platform did not start:\n${await lastLines(logFile)}`);
    }
    await delay(100);
  }
}

/** A platform that somebody else looks after: it is used, and left as it is. */
function givenPlatform(address: string, output: Output): OwnPlatform {
  const url = platformOrigin(address, "TESSERA_URL");
  output.note(`✓ Using ${url}, as TESSERA_URL says`);
  const stop = () =>
    Promise.reject(new CliError(`${url} was not started here, and is not stopped from here`));
  return { url, started: false, stop };
}

/**
 * The platform that TESSERA_URL names, else that of this machine's home: the one that runs, or one
 * that is started now.
 */
export async function ensurePlatform(env: CliEnv, output: Output): Promise<OwnPlatform> {
  if (env.url !== undefined) return givenPlatform(env.url, output);
  const running = await localAddress(env);
  if (running && isAlive(running.pid) && (await answers(running.url))) {
    output.note(`✓ Tessera runs at ${running.url}`);
    return { url: running.url, started: false, stop: () => stopPlatform(running.pid) };
  }
  if (!existsSync(PLATFORM_SCRIPT)) {
    throw new CliError("The platform is not built yet: run `npm run build` first");
  }
  output.progress("Starting the platform …");
  const logs = join(env.home, "logs");
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const logFile = join(logs, "platform.log");
  const child = launch(env, logFile);
  const { url, pid } = await untilUp(env, child, logFile);
  const started = pid === child.pid;
  output.note(started ? `✓ Tessera started at ${url}` : `✓ Tessera runs at ${url}`);
  return { url, started, stop: () => stopPlatform(pid) };
}
