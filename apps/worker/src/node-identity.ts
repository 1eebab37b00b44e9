import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newId } from "@tessera/kit/ids";

/** This machine's id, kept in the home so that a restarted worker finds its attempts again. */
export async function nodeIdentity(home: string): Promise<string> {
  const file = join(home, "node-id");
  await mkdir(home, { recursive: true, mode: 0o700 });
  await writeFile(file, `${newId()}\n`, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  return (await readFile(file, "utf8")).trim();
}
