import { LATEST } from "@tessera/contracts/dataset";
import { CliError } from "../cli-error.ts";

/** A dataset's version as people write it. */
export interface DataRef {
  readonly name: string;
  /** A number, a tag or "latest"; undefined when none was named. */
  readonly version: string | undefined;
}

/** Reads `name`, `name@3` or `name@tag`. @throws CliError */
export function readDataRef(text: string): DataRef {
  const match = /^([a-z0-9-]{1,60})(?:@([a-z0-9-]{1,60}))?$/.exec(text);
  const [, name, version] = match ?? [];
  if (name !== undefined) return { name, version };
  throw new CliError(
    `"${text}" is not a dataset; write name, name@3, name@tag or name@${LATEST}`,
    2,
  );
}
