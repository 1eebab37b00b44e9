import { putEnvironment } from "@tessera/contracts/environment";
import { readFile } from "node:fs/promises";
import { CliError } from "./cli-error.ts";
import type { Session } from "./session.ts";

const DEFAULT_NAME = "default";

interface Wanted {
  readonly project: string;
  /** The environment that gets them; "default" unless told. */
  readonly name?: string | undefined;
  /** A file as pip reads it. */
  readonly file: string;
}

/**
 * Gives an environment what a requirements file says, as a new revision where that is new.
 *
 * @returns the revision, as `name@number`; the platform builds it while the job waits.
 * @throws CliError when the file cannot be read or the name is pinned to a revision.
 */
export async function putRequirements(session: Session, wanted: Wanted): Promise<string> {
  const { project, name = DEFAULT_NAME, file } = wanted;
  if (name.includes("@")) {
    throw new CliError(`--requirements makes a revision; ask for --env ${name.split("@")[0]}`, 2);
  }
  const requirements = await readFile(file, "utf8").catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError(`The requirements could not be read: ${why}`, 2);
  });
  const { latest } = await session.client.call(putEnvironment, {
    params: { project, name },
    body: { source: { kind: "python", requirements } },
  });
  return `${name}@${latest.number}`;
}
