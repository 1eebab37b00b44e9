import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { CliEnv } from "./env.ts";
import { platformOrigin, usableToken } from "./address.ts";
import { CliError } from "./cli-error.ts";

const Credentials = z.object({ url: z.string(), token: z.string() });
export type Credentials = z.infer<typeof Credentials>;

const Address = z.object({ url: z.string(), pid: z.number().int() });
export type Address = z.infer<typeof Address>;

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Where the platform that runs on a home answers; undefined when none does. */
export async function localAddress(env: CliEnv): Promise<Address | undefined> {
  const parsed = Address.safeParse(await readJson(join(env.home, "address.json")));
  return parsed.success ? parsed.data : undefined;
}

/** The administrator's token that a platform on this machine leaves for its owner. */
export async function localToken(env: CliEnv): Promise<string | undefined> {
  const text = await readFile(join(env.home, "local-token"), "utf8").catch(() => "");
  return text.trim() || undefined;
}

async function keptCredentials(env: CliEnv): Promise<Credentials | undefined> {
  const kept = Credentials.safeParse(await readJson(env.credentialsFile));
  return kept.success ? kept.data : undefined;
}

/** The platform of this machine's home, as its owner. */
async function localCredentials(env: CliEnv): Promise<Credentials | undefined> {
  const local = await localAddress(env);
  const token = env.token ?? (await localToken(env));
  return local === undefined || token === undefined ? undefined : { url: local.url, token };
}

async function credentialsFor(env: CliEnv, url: string): Promise<Credentials> {
  if (env.token !== undefined) return { url, token: env.token };
  const known = [await keptCredentials(env), await localCredentials(env)];
  const found = known.find((each) => each?.url === url);
  if (found !== undefined) return found;
  throw new CliError(
    `There is no token for ${url}: set TESSERA_TOKEN, or run \`tessera login ${url}\``,
  );
}

/**
 * Which platform to talk to, and as whom: the environment's, else the one that `login` kept, else
 * the one that runs on this machine.
 */
export async function findCredentials(env: CliEnv): Promise<Credentials> {
  if (env.token !== undefined) usableToken(env.token, "TESSERA_TOKEN");
  if (env.url !== undefined) return credentialsFor(env, platformOrigin(env.url, "TESSERA_URL"));
  const kept = await keptCredentials(env);
  if (kept !== undefined) return { url: kept.url, token: env.token ?? kept.token };
  const local = await localCredentials(env);
  if (local !== undefined) return local;
  throw new CliError(
    "No platform is known: start one with `tessera up`, sign in to one with `tessera login <address>`, or set TESSERA_URL and TESSERA_TOKEN",
  );
}

/** Keeps an address and its token where only this user can read them. */
export async function keepCredentials(env: CliEnv, credentials: Credentials): Promise<void> {
  await mkdir(dirname(env.credentialsFile), { recursive: true, mode: 0o700 });
  const draft = `${env.credentialsFile}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(credentials)}\n`, { mode: 0o600 });
  await rename(draft, env.credentialsFile);
}
