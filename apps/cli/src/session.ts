import { type Client, createClient } from "@tessera/client/create-client";
import { getMe } from "@tessera/contracts/identity";
import { CliError } from "./cli-error.ts";
import { findCredentials } from "./credentials.ts";
import type { CliEnv } from "./env.ts";
import type { Output } from "./output/output.ts";

/** A platform that a command talks to. */
export interface Session {
  readonly env: CliEnv;
  readonly client: Client;
  readonly url: string;
  readonly output: Output;
}

export async function openSession(env: CliEnv, output: Output): Promise<Session> {
  const { url, token } = await findCredentials(env);
  return { env, url, output, client: createClient({ baseUrl: url, token }) };
}

/** The project that a command is about: the option, TESSERA_PROJECT, or the caller's own. */
export async function projectOf(session: Session, option: string | undefined): Promise<string> {
  const named = option ?? session.env.project;
  if (named !== undefined) return named;
  const me = await session.client.call(getMe, {});
  if (me.homeProject !== null) return me.homeProject;
  throw new CliError("Name a project with --project");
}
