import { mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "../embedded-postgres.ts";
import { folderHolder } from "../hold-folder.ts";

/** A server whose data goes with it. */
export interface ScratchServer {
  readonly url: string;
  readonly folder: string;
  stop(): Promise<void>;
}

const folderPrefix = "tessera-scratch-postgres-";

/** Nothing here needs to survive a power cut, and many test files may be at work at once. */
const settings = {
  max_connections: "200",
  shared_buffers: "64MB",
  max_wal_size: "256MB",
  checkpoint_timeout: "1h",
  autovacuum: "off",
  // In the data folder, so that nothing of a killed server outlives the folder.
  dynamic_shared_memory_type: "mmap",
} as const;

/** Starts a server for a test run or a tool, and removes what killed ones have left. */
export async function startScratchServer(): Promise<ScratchServer> {
  const parent = scratchParent();
  sweepAbandonedFolders(parent);
  const folder = mkdtempSync(path.join(parent, folderPrefix));
  const discard = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await startEmbeddedPostgres({ folder, durable: false, settings });
    return {
      url: server.url,
      folder,
      stop: async () => {
        await server.stop();
        discard();
      },
    };
  } catch (error) {
    discard();
    throw error;
  }
}

/** Memory, where there is plenty: copying a database takes 15 ms there, on a disk 200. */
export function scratchParent(): string {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    if (bavail * bsize >= 2 * 1024 ** 3) return "/dev/shm";
  } catch {
    // Not Linux.
  }
  return tmpdir();
}

/** The servers in them have ended with the processes that held them. */
function sweepAbandonedFolders(parent: string): void {
  const tenMinutesAgo = Date.now() - 600_000;
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(folderPrefix)) continue;
    const folder = path.join(parent, name);
    const changed = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (changed < tenMinutesAgo && folderHolder(folder) === undefined) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
