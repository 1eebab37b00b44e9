import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { PlatformError } from "@tessera/contracts/errors";

const LOOK_MS = 250;
/** A history is larger than its last state; past this it is not worth having. */
const HISTORY_FACTOR = 4;

export function tooLarge(maxBytes: number): PlatformError {
  const most = Math.floor(maxBytes / 1024 / 1024);
  return new PlatformError("too_large", `the repository has more than ${most} MB of files`);
}

/** Ends a fetch that fills the disk, long before all of it is there. */
export class SizeLimit {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #fault: PlatformError | undefined;

  constructor(folder: string, maxBytes: number) {
    this.#timer = setInterval(() => void this.#look(folder, maxBytes), LOOK_MS);
  }

  /** Aborts when it is too large. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get fault(): PlatformError | undefined {
    return this.#fault;
  }

  end(): void {
    clearInterval(this.#timer);
  }

  async #look(folder: string, maxBytes: number): Promise<void> {
    const packs = join(folder, ".git", "objects", "pack");
    const names = await readdir(packs).catch(() => []);
    const sizes = names.map((name) =>
      stat(join(packs, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    if (total <= maxBytes * HISTORY_FACTOR) return;
    this.#fault ??= tooLarge(maxBytes);
    this.#controller.abort(this.#fault);
  }
}
