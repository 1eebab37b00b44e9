import { CliError } from "../cli-error.ts";
import { localAddress } from "../credentials.ts";
import type { CliEnv } from "../env.ts";
import type { Output } from "../output/output.ts";
import { isAlive, stopPlatform } from "../stop-platform.ts";

/** Stops the platform that runs on this machine's home. */
export async function stop(env: CliEnv, output: Output): Promise<void> {
  const address = await localAddress(env);
  if (address === undefined || !isAlive(address.pid)) {
    throw new CliError(`No platform runs on ${env.home}`);
  }
  await stopPlatform(address.pid);
  output.result({ stopped: address.url }, () => `Stopped ${address.url}`);
}
