import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "./steps.mjs";

const commands = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (isExecutable(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is ${chosen}, which is not an executable file.`);
  }
  const folders = (process.env.PATH ?? "").split(delimiter);
  const installed = commands.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...installed, ...applications].find(isExecutable);
}

function installChromium() {
  const apt = { DEBIAN_FRONTEND: "noninteractive" };
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  console.log("Chromium is missing: installing Debian's.");
  if (run(["apt-get", "update", "-q"], apt)) {
    run(["apt-get", "install", "-qy", "--no-install-recommends", "chromium"], apt);
  }
}

/** Path of a Chromium or Chrome, installed first where that is possible. */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  installChromium();
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    "The browser tests need Chromium or Chrome. Install one (Debian: apt-get install chromium), " +
      "or set CHROMIUM_PATH to its executable.",
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensureChromium());
