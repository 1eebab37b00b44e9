import { spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";

const program = "s3s-fs";
const missing =
  `${program} is neither on the PATH nor in ~/.cache/tessera-tools/bin. The S3 tests run on this ` +
  "real S3 server: install Rust's cargo, then run `node tooling/ensure-s3-server.mjs`";

/** The S3 server that the tests run; throws with what to install. */
export function findS3Server(): string {
  const installed = join(homedir(), ".cache", "tessera-tools", "bin", program);
  const found = [program, installed].find((path) => spawnSync(path, ["--version"]).status === 0);
  if (!found) throw new Error(missing);
  return found;
}
