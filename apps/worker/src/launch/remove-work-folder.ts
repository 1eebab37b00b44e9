import { chmod, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join(folder, entry.name));
  }
}

/** Deletes a job's working folder, whatever in it is read-only: its data is. */
export async function removeWorkFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EACCES")) throw error;
    await makeWritable(folder);
    await rm(folder, { recursive: true, force: true });
  }
}
