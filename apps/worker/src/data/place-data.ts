import { chmod, lstat, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PlatformError } from "@tessera/contracts/errors";
import { readVersionFiles } from "@tessera/usecases/datasets/read-version-files";
import type { LaunchData } from "@tessera/usecases/jobs/prepare-launch";
import type { Context } from "@tessera/usecases/platform/platform";
import type { DataCache } from "./data-cache.ts";

const AT_ONCE = 8;
const READ_ONLY_FOLDER = 0o555;

function taken({ dataset, version, path }: LaunchData, cause?: unknown): PlatformError {
  const words = `the code has something at "${path}" already, where ${dataset}@${version} belongs`;
  return new PlatformError("failed_precondition", words, { cause });
}

async function makeRoom(folder: string, data: LaunchData): Promise<string> {
  const target = join(folder, ...data.path.split("/"));
  const there = await lstat(target).catch(() => undefined);
  if (there !== undefined) throw taken(data);
  await mkdir(target, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOTDIR" || error.code === "EEXIST" ? taken(data, error) : error;
  });
  return target;
}

/** Waits until nothing is written any more, then throws what went wrong, if anything did. */
async function allOver(works: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(works);
  await Promise.all(works);
}

/** Puts the files of a dataset's version where a job wants to find them, read-only. */
export async function placeData(
  ctx: Context,
  { cache, folder }: { readonly cache: DataCache; readonly folder: string },
  data: LaunchData,
): Promise<void> {
  const root = await makeRoom(folder, data);
  const folders = new Set([root]);
  for await (const files of readVersionFiles(ctx, data.versionId)) {
    const next = files.values();
    const work = async (): Promise<void> => {
      for (const { path, ...content } of next) {
        const target = join(root, ...path.split("/"));
        await mkdir(dirname(target), { recursive: true });
        for (let at = dirname(target); at !== root; at = dirname(at)) folders.add(at);
        await cache.place(content, target);
      }
    };
    await allOver(Array.from({ length: Math.min(AT_ONCE, files.length) }, work));
  }
  for (const each of folders) await chmod(each, READ_ONLY_FOLDER);
}
