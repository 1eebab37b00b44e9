import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { createClient } from "@tessera/client/create-client";
import { getMe } from "@tessera/contracts/identity";
import { platformOrigin, usableToken } from "../address.ts";
import { CliError } from "../cli-error.ts";
import { keepCredentials } from "../credentials.ts";
import type { CliEnv } from "../env.ts";
import type { Output } from "../output/output.ts";

async function askForToken(url: string, output: Output): Promise<string> {
  if (!process.stdin.isTTY) {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    const token = Buffer.concat(chunks).toString("utf8").trim();
    if (token !== "") return token;
    throw new CliError("Give the token with --token, TESSERA_TOKEN or on standard input");
  }
  output.note(`Make a token at ${url}/settings/tokens and paste it here; it is not shown.`);
  const token = await askUnseen("Token: ");
  if (token === "") throw new CliError("No token was given");
  return token;
}

/** Asks on the terminal without showing what is typed; empty when the user leaves. */
async function askUnseen(question: string): Promise<string> {
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: true });
  process.stderr.write(question);
  try {
    return (await lines.question("")).trim();
  } catch {
    return "";
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}

/** Checks an address and a token, then keeps them for later commands. */
export async function login(
  { env, output }: { env: CliEnv; output: Output },
  address: string,
  options: { readonly token?: string | undefined },
): Promise<void> {
  const url = platformOrigin(address, "login");
  const given = options.token ?? env.token ?? (await askForToken(url, output));
  const token = usableToken(given, "login");
  const me = await createClient({ baseUrl: url, token }).call(getMe, {});
  await keepCredentials(env, { url, token });
  output.result({ url, user: me.user }, () => `Signed in to ${url} as ${me.user.name}`);
}
