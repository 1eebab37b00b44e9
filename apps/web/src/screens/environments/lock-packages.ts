/** A package at its exact version, or from where it comes. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
}

export interface ReadLock {
  /** Such as "3.11"; undefined where the lock does not tell. */
  readonly python: string | undefined;
  readonly packages: readonly LockedPackage[];
}

/** What a lock pins: lines such as "numpy==2.4.6" or "mine @ https://…", after "# python 3.11". */
export function readLock(lock: string): ReadLock {
  const lines = lock.split("\n").map((line) => line.trim());
  const python = lines
    .map((line) => /^#\s*python\s+(\S+)/i.exec(line)?.[1])
    .find((version) => version !== undefined);
  const packages = lines.flatMap((line) => {
    if (line === "" || line.startsWith("#") || line.startsWith("-")) return [];
    const [, name, pinned, from] = /^([^\s=@;]+)(?:==([^\s;]+)|\s*@\s*(\S+))?/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, version: pinned ?? from ?? "" }];
  });
  return { python, packages };
}
