import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CliError } from "../cli-error.ts";
import type { CliEnv } from "../env.ts";

/** The program that runs the whole platform, in the repository that this command is part of. */
export const PLATFORM_SCRIPT = fileURLToPath(new URL("../../server/dist/up.mjs", import.meta.url));

/** Starts the platform in the foreground and ends with its exit code. */
export async function up(env: CliEnv, options: { readonly json: boolean }): Promise<void> {
  if (!existsSync(PLATFORM_SCRIPT)) {
    throw new CliError("The platform is not built yet: run `npm run build` first");
  }
  const child = spawn(process.execPath, [PLATFORM_SCRIPT, ...(options.json ? ["--json"] : [])], {
    stdio: "inherit",
    env: { ...env.all } as NodeJS.ProcessEnv,
  });
  // A terminal sends Ctrl-C to both, `kill` to us alone; hearing it twice is all the same to the
  // platform. It stops in order, and we wait for it.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => child.kill(signal));
  }
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal === null ? (code ?? 1) : 1));
  });
}
