import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newId, newSecret } from "@tessera/kit/ids";

/** The folder in which the platform keeps what is its own on this machine. */
export interface HomeFolder {
  readonly path: string;
  /** A secret's text; undefined when it was never written. */
  read(name: string): Promise<string | undefined>;
  /** Writes a secret that only this user can read: whole, or not at all. */
  write(name: string, secret: string): Promise<void>;
}

export async function openHomeFolder(path: string): Promise<HomeFolder> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  return {
    path,
    read: async (name) => {
      try {
        const text = (await readFile(join(path, name), "utf8")).trim();
        return text === "" ? undefined : text;
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw error;
      }
    },
    write: async (name, secret) => {
      const draft = join(path, `.${name}.${newId()}`);
      await writeFile(draft, `${secret}\n`, { mode: 0o600, flush: true });
      await rename(draft, join(path, name));
    },
  };
}

/** The secret that signs cookies: the one given, else one that is made once and kept. */
export async function platformSecret(home: HomeFolder, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const kept = await home.read("secret");
  if (kept !== undefined) return kept;
  const secret = newSecret();
  await home.write("secret", secret);
  return secret;
}
