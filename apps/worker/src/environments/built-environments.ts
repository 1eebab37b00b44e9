import { buildEnvironment } from "@tessera/compute/local/python-environment";

interface Places {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Finds the virtual environment of a lock on this machine, building it when it is not here (a
 * revision may have been built on another). Known ones cost nothing.
 */
export class BuiltEnvironments {
  readonly #places: Places;
  readonly #known = new Map<string, Promise<string>>();

  constructor(places: Places) {
    this.#places = places;
  }

  find(lock: string): Promise<string> {
    const known = this.#known.get(lock);
    if (known !== undefined) return known;
    const found = buildEnvironment({ ...this.#places, lock, onLog: () => undefined });
    this.#known.set(lock, found);
    found.catch(() => this.#known.delete(lock));
    return found;
  }
}
