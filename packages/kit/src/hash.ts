import { createHash } from "node:crypto";

/** SHA-256 of the input as 64 lower-case hex characters. */
export function sha256(input: string | Buffer): string {
  return createHash("sha256").update(input).digest("hex");
}
