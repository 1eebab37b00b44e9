import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";

const systems = {
  aix: "aix",
  android: "android",
  darwin: "darwin",
  freebsd: "freebsd",
  linux: "linux",
  linuxmusl: "linux",
  netbsd: "netbsd",
  openbsd: "openbsd",
  openharmony: "openharmony",
  sunos: "sunos",
  win32: "win32",
  windows: "win32",
};

const processors = [
  "arm64",
  "arm",
  "ia32",
  "loong64",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
];

/** Folder in which node_modules is looked for next: out of one package at a time. */
function parentOf(path) {
  const last = path.lastIndexOf("node_modules/");
  return last > 0 ? path.slice(0, last - 1) : "";
}

function isLocked(packages, path, name) {
  for (let from = path; ; from = parentOf(from)) {
    if (packages[`${from === "" ? "" : `${from}/`}node_modules/${name}`]) return true;
    if (from === "") return false;
  }
}

/** Which system, processor and C library a package is for, by the words of its name. */
function platformOf(name) {
  const words = name.split("/").at(-1).split(/[-_.]/);
  const os = words.map((word) => systems[word]).find(Boolean);
  const cpu = words.includes("64") ? "x64" : processors.find((one) => words.includes(one));
  const libcs = { musl: "musl", gnu: "glibc" };
  const libc = Object.keys(libcs).find((one) => words.some((word) => word.startsWith(one)));
  return {
    ...(cpu && { cpu: [cpu] }),
    ...(os && { os: [os] }),
    ...(os === "linux" && libc && { libc: [libcs[libc]] }),
  };
}

/** npm drops the packages of other platforms from a lock file now and then; `npm ci` then fails. */
function missingFrom(packages) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isLocked(packages, path, name))
      .map(([name, version]) => ({ name, version, dev })),
  );
}

/** Workspaces whose package.json asks for something else than the lock file knows of. */
function outdated(packages, readManifest) {
  const wanted = ({ dependencies, devDependencies }) => ({ ...dependencies, ...devDependencies });
  const workspaces = Object.keys(packages).filter((path) => !/(^|\/)node_modules\//.test(path));
  return workspaces.filter((path) => {
    const manifest = readManifest(path);
    return manifest && !isDeepStrictEqual(wanted(manifest), wanted(packages[path]));
  });
}

/** What is wrong with a lock file, as sentences; none when all is well. */
export function lockFaults({ packages }, readManifest = () => undefined) {
  const fetched = Object.entries(packages).filter(([, { resolved }]) =>
    /^\w+:/.test(resolved ?? ""),
  );
  return [
    ...outdated(packages, readManifest).map(
      (path) => `${path || "The root"}: package.json asks for other packages than are locked.`,
    ),
    ...missingFrom(packages).map(({ name, version }) => `${name}@${version} is not locked.`),
    ...fetched.map(([path]) => `${path} names the registry that it came from.`),
  ];
}

/** The lock file with an entry for every platform's package. */
export function completeLock(lock) {
  const packages = { ...lock.packages };
  for (const { name, version, dev } of missingFrom(packages)) {
    const platform = platformOf(name);
    packages[`node_modules/${name}`] = {
      version: version.replace(/^[\^~]/, ""),
      ...platform,
      ...(dev && { dev }),
      optional: true,
    };
  }
  const paths = Object.keys(packages).toSorted((a, b) => a.localeCompare(b, "en"));
  return { ...lock, packages: Object.fromEntries(paths.map((path) => [path, packages[path]])) };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = resolve(import.meta.dirname, "..");
  const path = join(root, "package-lock.json");
  const lock = JSON.parse(readFileSync(path, "utf8"));
  if (process.argv.includes("--fix")) {
    writeFileSync(path, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
  } else {
    const faults = lockFaults(lock, (folder) =>
      JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")),
    );
    for (const fault of faults) console.error(fault);
    if (faults.length > 0)
      console.error("npm install, then node tooling/check-lock.mjs --fix, adds what is missing.");
    process.exitCode = faults.length > 0 ? 1 : 0;
  }
}
