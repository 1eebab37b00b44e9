import { spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const program = "s3s-fs";
const version = "0.14.1";
const cache = join(homedir(), ".cache", "tessera-tools");

const runs = (path, ...args) => spawnSync(path, args).status === 0;

function install() {
  if (!runs("cargo", "--version")) return;
  console.log(`${program} is missing: building ${version} once into ${cache}, some minutes.`);
  const args = ["install", program, "--features", "binary", "--version", version, "--locked"];
  spawnSync("cargo", [...args, "--root", cache], { stdio: "inherit" });
}

/** Path of the S3 server that the blob tests run on, built first where that is possible. */
export function ensureS3Server() {
  const installed = join(cache, "bin", program);
  const find = () => [program, installed].find((path) => runs(path, "--version"));
  const found = find();
  if (found) return found;
  install();
  const built = find();
  if (built) return built;
  throw new Error(
    `The blob tests need the S3 server ${program}. Install Rust's cargo and run ` +
      `\`cargo install ${program} --features binary --version ${version} --locked --root ${cache}\`.`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensureS3Server());
