import { stat } from "node:fs/promises";
import { join } from "node:path";
import { buildEnvironment } from "@tessera/compute/local/python-environment";

interface Places {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts builds when the worker stops. */
  readonly signal: AbortSignal;
}

/**
 * Finds the virtual environment of a lock on this machine, building it when it is not here (a
 * revision may have been built on another, or somebody made room). Known ones cost next to nothing.
 */
export class BuiltEnvironments {
  readonly #places: Places;
  readonly #known = new Map<string, Promise<string>>();

  constructor(places: Places) {
    this.#places = places;
  }

  async find(lock: string): Promise<string> {
    const known = this.#known.get(lock);
    if (known !== undefined && (await isThere(await known))) return known;
    return this.#build(lock, known);
  }

  /** Those who find the same one missing wait for one build. */
  #build(lock: string, missing: Promise<string> | undefined): Promise<string> {
    const other = this.#known.get(lock);
    if (other !== undefined && other !== missing) return other;
    const built = buildEnvironment({ ...this.#places, lock, onLog: () => undefined });
    this.#known.set(lock, built);
    built.catch(() => this.#known.delete(lock));
    return built;
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(join(path, "bin", "python")).then(
    () => true,
    () => false,
  );
}
