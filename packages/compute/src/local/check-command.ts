import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { AttemptSpec } from "../executor.ts";
import { errnoOf } from "./errno.ts";

/** Where commands are looked for when the attempt's environment names no PATH. */
export const defaultPath = "/usr/local/bin:/usr/bin:/bin";

/** Why a command cannot start, with the exit code that a shell would give. */
export interface CommandFault {
  readonly exitCode: number;
  readonly detail: string;
}

/** Looks for the command as exec would; undefined when it can start. */
export async function findCommandFault(spec: AttemptSpec): Promise<CommandFault | undefined> {
  const directory = await stat(spec.workingDirectory).catch(() => undefined);
  if (!directory?.isDirectory()) {
    const what = directory ? "is not a directory" : "does not exist";
    return { exitCode: 126, detail: `the working directory ${spec.workingDirectory} ${what}` };
  }
  const command = spec.argv[0] ?? "";
  if (command.includes("/")) {
    const state = await executableState(resolve(spec.workingDirectory, command));
    return state === "ok" ? undefined : faultOf(command, state);
  }
  let worst: ExecutableState = "missing";
  for (const folder of (spec.env["PATH"] ?? defaultPath).split(":")) {
    const state = await executableState(join(resolve(spec.workingDirectory, folder), command));
    if (state === "ok") return undefined;
    if (state !== "missing") worst = state;
  }
  return faultOf(command, worst);
}

type ExecutableState = "ok" | "missing" | "directory" | "not-executable";

async function executableState(path: string): Promise<ExecutableState> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return "directory";
    await access(path, constants.X_OK);
    return "ok";
  } catch (error) {
    return errnoOf(error) === "EACCES" ? "not-executable" : "missing";
  }
}

function faultOf(command: string, state: Exclude<ExecutableState, "ok">): CommandFault {
  switch (state) {
    case "missing":
      return { exitCode: 127, detail: `command not found: ${command}` };
    case "directory":
      return { exitCode: 126, detail: `command is a directory: ${command}` };
    case "not-executable":
      return { exitCode: 126, detail: `command is not executable (permission denied): ${command}` };
  }
}
