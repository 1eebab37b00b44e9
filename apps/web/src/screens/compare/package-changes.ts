export interface PackageChange {
  readonly name: string;
  /** Its exact version; null where it is not installed. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface PackageChanges {
  readonly changes: readonly PackageChange[];
  /** How many packages are the same on both sides. */
  readonly same: number;
}

/** The packages of a lock: lines such as "numpy==2.4.6 ; marker", comments and hashes passed over. */
export function readLock(lock: string): Map<string, string> {
  const packages = new Map<string, string>();
  for (const raw of lock.split("\n")) {
    const line = raw.replace(/(^|\s)#.*$/u, "").trim();
    const match = /^([\w.-]+)(?:\[[^\]]*\])?\s*(?:===?\s*([^\s;]+)|@\s*(\S+))/u.exec(line);
    if (!match?.[1]) continue;
    // Names are the same whatever their case and their dashes (PEP 503).
    const name = match[1].toLowerCase().replaceAll(/[-_.]+/gu, "-");
    packages.set(name, match[2] ?? match[3] ?? "");
  }
  return packages;
}

/** What differs from one lock to another, by name. */
export function packageChanges(before: string, after: string): PackageChanges {
  const [old, now] = [readLock(before), readLock(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].toSorted();
  const changes = names.flatMap((name): PackageChange[] => {
    const change = { name, before: old.get(name) ?? null, after: now.get(name) ?? null };
    return change.before === change.after ? [] : [change];
  });
  return { changes, same: names.length - changes.length };
}
