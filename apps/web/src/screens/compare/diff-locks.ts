/** A package whose version differs; an absent side has none. */
export interface PackageChange {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function versionsOf(lock: string): Map<string, string> {
  const versions = new Map<string, string>();
  for (const line of lock.split("\n")) {
    const match = /^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?\s*==\s*([^\s;]+)/.exec(line.trim());
    const [, name, version] = match ?? [];
    if (name !== undefined && version !== undefined) versions.set(name.toLowerCase(), version);
  }
  return versions;
}

/** What differs between two locks, by package name. */
export function diffLocks(before: string, after: string): PackageChange[] {
  const old = versionsOf(before);
  const now = versionsOf(after);
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return names.flatMap((name) => {
    const change = { name, before: old.get(name), after: now.get(name) };
    return change.before === change.after ? [] : [change];
  });
}
