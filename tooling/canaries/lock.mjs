import { completeLock, lockFaults } from "../check-lock.mjs";
import { json } from "./scratch.mjs";

const tool = {
  version: "1.0.0",
  dev: true,
  optionalDependencies: { "@tool/linux-x64-musl": "1.0.0" },
};
const inside = "node_modules/tool/node_modules/@tool/linux-x64-musl";
const added = {
  "node_modules/@tool/linux-x64-musl": {
    version: "1.0.0",
    cpu: ["x64"],
    os: ["linux"],
    libc: ["musl"],
    dev: true,
    optional: true,
  },
};

const cases = [
  {
    name: "a platform beside the tool",
    packages: { "node_modules/tool": tool, ...added },
    want: 0,
  },
  {
    name: "a platform inside the tool",
    packages: { "node_modules/tool": tool, [inside]: { version: "1.0.0" } },
    want: 0,
  },
  { name: "a dropped platform", packages: { "node_modules/tool": tool }, want: 1 },
  {
    name: "a workspace's link",
    packages: { "node_modules/@tessera/kit": { resolved: "packages/kit", link: true } },
    want: 0,
  },
  {
    name: "a registry's address",
    packages: { "node_modules/a": { resolved: "https://registry.example/a.tgz" } },
    want: 1,
  },
  {
    name: "a package that was added and not locked",
    packages: { "apps/web": { dependencies: { next: "1.0.0" } } },
    manifests: { "apps/web": { dependencies: { next: "1.0.0" }, devDependencies: { a: "1.0.0" } } },
    want: 1,
  },
  {
    name: "a workspace that is locked as it is",
    packages: { "apps/web": { dependencies: { next: "1.0.0" } } },
    manifests: { "apps/web": { name: "@tessera/web", dependencies: { next: "1.0.0" } } },
    want: 0,
  },
];

function completed() {
  const { packages } = completeLock({ packages: { "node_modules/tool": tool } });
  const want = json({ ...added, "node_modules/tool": tool });
  const fault = json(packages) === want ? undefined : json(packages);
  return { name: "lock: what was dropped is put back", fault };
}

/** The lock file works on every platform and with every registry. */
export function lockCanaries() {
  const judged = cases.map(({ name, packages, manifests, want }) => {
    const faults = lockFaults({ packages }, (folder) => manifests?.[folder]);
    return { name: `lock: ${name}`, fault: faults.length === want ? undefined : json(faults) };
  });
  return [...judged, completed()];
}
