import { CliError } from "./cli-error.ts";

/** The origin that an address names. @throws CliError naming where the address came from. */
export function platformOrigin(address: string, source: string): string {
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) {
    return new URL(address).origin;
  }
  throw new CliError(
    `${source}: "${address}" is not an address such as https://tessera.example.org`,
    2,
  );
}

/** A token that can be sent. @throws CliError naming where it came from, without telling it. */
export function usableToken(token: string, source: string): string {
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new CliError(`${source}: a token has printable characters only, and no spaces`, 2);
}
