import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { holdFolder } from "@tessera/db/hold-folder";

/**
 * Makes this process the only platform on a home; the release gives it back.
 *
 * @throws PlatformError failed_precondition while another living process holds it.
 */
export function holdHome(home: string): () => void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  return holdFolder(join(home, "platform"));
}
