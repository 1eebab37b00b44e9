import { randomUUID } from "node:crypto";
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Names of directories that are not attempts yet begin so. */
export const blankPrefix = ".new-";

const sparesKept = 2;

/**
 * Directories with all that an attempt's has, ready to be renamed to its id. Making one costs eight
 * inodes, which takes some disks 10 ms, so a few are made ahead once attempts are started.
 */
export class BlankDirectories {
  readonly #root: string;
  readonly #spares: string[] = [];
  #refilling = false;

  constructor(root: string) {
    this.#root = root;
  }

  /** The path of a blank that is the caller's. */
  async take(): Promise<string> {
    const spare = this.#spares.shift();
    void this.#refill();
    // Another worker may have cleared away what it took for a dead one's.
    const isThere = spare !== undefined && (await stat(spare).catch(() => undefined)) !== undefined;
    return isThere ? spare : this.make();
  }

  async make(): Promise<string> {
    const path = join(this.#root, `${blankPrefix}${randomUUID()}`);
    try {
      await mkdir(path, { mode: 0o700 });
      await Promise.all([mkdir(join(path, "claim")), mkdir(join(path, "outcome"))]);
      const files = ["claim/unclaimed", "outcome/none", "attempt.json", "stdout.log", "stderr.log"];
      await Promise.all(files.map((file) => writeFile(join(path, file), "")));
      return path;
    } catch (error) {
      await rm(path, { recursive: true, force: true });
      throw error;
    }
  }

  async #refill(): Promise<void> {
    if (this.#refilling) return;
    this.#refilling = true;
    try {
      while (this.#spares.length < sparesKept) this.#spares.push(await this.make());
    } catch {
      // Who needs one next makes it and tells why it cannot.
    } finally {
      this.#refilling = false;
    }
  }
}
