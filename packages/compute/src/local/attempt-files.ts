import { randomUUID } from "node:crypto";
import {
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Outcome, StopIntent } from "../describe-end.ts";
import type { AttemptLimits, AttemptStatus, LogFile, LogRange } from "../executor.ts";
import { blankPrefix, BlankDirectories } from "./blank-directories.ts";
import { isErrno } from "./errno.ts";

/** What a watcher after a restart needs to know; holds no environment, so no secret. */
export interface AttemptRecord {
  readonly attemptId: string;
  readonly command: string;
  readonly limits: AttemptLimits;
  readonly gpuIndexes: readonly number[];
  readonly bootId: string;
  /** The kernel's count of out-of-memory kills before the start. */
  readonly oomKills: number;
}

/** How an attempt's claim stands; whoever renames `unclaimed` first has decided it. */
export type Claim =
  | { readonly state: "missing" | "unclaimed" | "abandoned" | "failed" }
  | { readonly state: "running"; readonly pid: number; readonly start: string; readonly at: Date };

/** The files of the attempts under one root: `<root>/<attempt id>/…`, see `attempt-shim.ts`. */
export class AttemptFiles {
  readonly #root: string;
  readonly #blanks: BlankDirectories;

  constructor(root: string) {
    this.#root = resolve(root);
    this.#blanks = new BlankDirectories(this.#root);
  }

  directoryOf(attemptId: string): string {
    return join(this.#root, attemptId);
  }

  logPath(attemptId: string, file: LogFile): string {
    return join(this.#root, attemptId, `${file}.log`);
  }

  /** Makes the attempt's directory in one step, unclaimed; false when it is there already. */
  async create(record: AttemptRecord): Promise<boolean> {
    const blank = await this.#blanks.take();
    return this.#place(blank, record.attemptId, () =>
      writeFile(join(blank, "attempt.json"), JSON.stringify(record)),
    );
  }

  /** Takes the claim for a shim, which may run the command then; false when it is taken already. */
  claim(attemptId: string, shim: { pid: number; start: string }): Promise<boolean> {
    return this.#renameClaim(attemptId, `running.${shim.pid}.${shim.start}`);
  }

  /** Takes the claim so that no shim ever can; false when it is taken already. */
  async abandon(attemptId: string): Promise<boolean> {
    if (await this.#renameClaim(attemptId, "abandoned")) return true;
    const { state } = await this.readClaim(attemptId);
    if (state !== "missing") return false;
    const claim = join(await this.#blanks.make(), "claim");
    return this.#place(dirname(claim), attemptId, () =>
      rename(join(claim, "unclaimed"), join(claim, "abandoned")),
    );
  }

  /** Records that the attempt failed to start; false when its claim is taken. */
  async fail(status: AttemptStatus): Promise<boolean> {
    await this.#writeWhole(status.attemptId, "failure.json", status);
    return this.#renameClaim(status.attemptId, "failed");
  }

  async readClaim(attemptId: string): Promise<Claim> {
    const directory = join(this.#root, attemptId, "claim");
    const names = await readdir(directory).catch(missing);
    if (names === null) return { state: "missing" };
    // A rename that happens meanwhile may show both names, or neither.
    const name = names.find((each) => each !== "unclaimed") ?? names[0];
    if (name === undefined) return this.readClaim(attemptId);
    if (name === "unclaimed" || name === "abandoned" || name === "failed") return { state: name };
    const [, pid, start] = name.split(".");
    const { mtime } = await stat(directory);
    return { state: "running", pid: Number(pid), start: start ?? "", at: mtime };
  }

  async readOutcome(attemptId: string): Promise<Outcome | undefined> {
    const directory = join(this.#root, attemptId, "outcome");
    const names = await readdir(directory).catch(missing);
    if (names?.length === 0) return this.readOutcome(attemptId);
    const name = names?.find((each) => each.startsWith("exit."));
    if (name === undefined) return undefined;
    const [, exitCode, oomKills] = name.split(".");
    const { mtime } = await stat(directory);
    return { exitCode: Number(exitCode), oomKills: Number(oomKills), at: mtime };
  }

  async readRecord(attemptId: string): Promise<AttemptRecord> {
    return JSON.parse(await readFile(join(this.#root, attemptId, "attempt.json"), "utf8"));
  }

  /** Keeps why the attempt is being stopped; the first to say so is believed. */
  async writeIntent(attemptId: string, intent: StopIntent): Promise<void> {
    await this.#writeWhole(attemptId, "stop.json", intent);
  }

  readIntent(attemptId: string): Promise<StopIntent | undefined> {
    return this.#readJson(attemptId, "stop.json");
  }

  async writeFinal(status: AttemptStatus): Promise<void> {
    await this.#writeWhole(status.attemptId, "final.json", status);
  }

  readFailure(attemptId: string): Promise<AttemptStatus | undefined> {
    return this.#readStatus(attemptId, "failure.json");
  }

  readFinal(attemptId: string): Promise<AttemptStatus | undefined> {
    return this.#readStatus(attemptId, "final.json");
  }

  async #readStatus(attemptId: string, name: string): Promise<AttemptStatus | undefined> {
    const stored = await this.#readJson<StoredStatus>(attemptId, name);
    if (!stored) return undefined;
    const { startedAt, endedAt, ...rest } = stored;
    return {
      ...rest,
      ...(startedAt ? { startedAt: new Date(startedAt) } : {}),
      ...(endedAt ? { endedAt: new Date(endedAt) } : {}),
    };
  }

  async readLog(attemptId: string, file: LogFile, range: LogRange): Promise<Buffer> {
    const handle = await open(this.logPath(attemptId, file), "r").catch(missing);
    if (!handle) return Buffer.alloc(0);
    try {
      const { size } = await handle.stat();
      const length = Math.max(0, Math.min(range.maxBytes, size - range.offset));
      const buffer = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const position = range.offset + filled;
        const { bytesRead } = await handle.read(buffer, filled, length - filled, position);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    } finally {
      await handle.close();
    }
  }

  /** Deletes the attempt; a deletion cut short leaves nothing that looks like an attempt. */
  async remove(attemptId: string): Promise<void> {
    const doomed = join(this.#root, `.discarded-${randomUUID()}`);
    const moved = await rename(join(this.#root, attemptId), doomed).catch(missing);
    if (moved !== null) await rm(doomed, { recursive: true, force: true });
  }

  /** Makes the root, and deletes what a killed worker left half made or half deleted an hour ago. */
  async prepare(): Promise<void> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    const old = Date.now() - 3_600_000;
    for (const name of await readdir(this.#root)) {
      if (!name.startsWith(blankPrefix) && !name.startsWith(".discarded-")) continue;
      const path = join(this.#root, name);
      const found = await stat(path).catch(missing);
      if (found && found.mtimeMs < old) await rm(path, { recursive: true, force: true });
    }
  }

  async #renameClaim(attemptId: string, to: string): Promise<boolean> {
    const claim = join(this.#root, attemptId, "claim");
    const moved = await rename(join(claim, "unclaimed"), join(claim, to)).catch(missing);
    return moved !== null;
  }

  /** Makes a blank the attempt's directory; false when that is there already. */
  async #place(blank: string, attemptId: string, fill: () => Promise<void>): Promise<boolean> {
    try {
      await fill();
      await rename(blank, join(this.#root, attemptId));
      return true;
    } catch (error) {
      await rm(blank, { recursive: true, force: true });
      if (isErrno(error, "ENOTEMPTY", "EEXIST")) return false;
      throw error;
    }
  }

  /** Writes a file that is there whole or not at all; one that is there already stays. */
  async #writeWhole(attemptId: string, name: string, content: unknown): Promise<void> {
    const directory = join(this.#root, attemptId);
    const draft = join(directory, `.${name}-${randomUUID()}`);
    try {
      await writeFile(draft, JSON.stringify(content));
      await link(draft, join(directory, name));
    } catch (error) {
      if (!isErrno(error, "EEXIST")) throw error;
    } finally {
      await rm(draft, { force: true });
    }
  }

  async #readJson<Content>(attemptId: string, name: string): Promise<Content | undefined> {
    const text = await readFile(join(this.#root, attemptId, name), "utf8").catch(missing);
    return text === null ? undefined : JSON.parse(text);
  }
}

type StoredStatus = Omit<AttemptStatus, "startedAt" | "endedAt"> & {
  readonly startedAt?: string;
  readonly endedAt?: string;
};

/** Turns "there is no such file" into null; for `catch`. */
function missing(error: unknown): null {
  if (isErrno(error, "ENOENT")) return null;
  throw error;
}
