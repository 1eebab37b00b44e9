import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { CliError } from "../cli-error.ts";

/** The program that runs the whole platform, in the repository that this command is part of. */
export const PLATFORM_SCRIPT = fileURLToPath(new URL("../../server/dist/up.mjs", import.meta.url));

/**
 * Runs the platform in the foreground. It takes this process over: whoever signals or kills this
 * command means the platform, and its exit code is the platform's.
 */
export async function up(): Promise<void> {
  if (!existsSync(PLATFORM_SCRIPT)) {
    throw new CliError("The platform is not built yet: run `npm run build` first");
  }
  await import(pathToFileURL(PLATFORM_SCRIPT).href);
}
