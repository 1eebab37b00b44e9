import { createInterface } from "node:readline/promises";
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
  output.note(`Make a token at ${url}/settings/tokens and paste it here.`);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const token = (await lines.question("Token: ")).trim();
  lines.close();
  if (token === "") throw new CliError("No token was given");
  return token;
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
