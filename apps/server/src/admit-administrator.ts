import { ensureFirstAdministrator } from "@tessera/usecases/identity/ensure-first-administrator";
import {
  createLocalToken,
  keepAdministratorToken,
} from "@tessera/usecases/identity/keep-administrator-token";
import type { Context, Platform } from "@tessera/usecases/platform/platform";
import type { HomeFolder } from "./home-folder.ts";

interface Admission {
  readonly home: HomeFolder;
  /** TESSERA_ADMIN_TOKEN. */
  readonly adminToken: string | undefined;
}

const localTokenFile = "local-token";

/**
 * Sees to it that somebody can get in: by a one-time link until the first administrator has a
 * password, by the operator's token, and by a token file for the command line on this machine.
 *
 * @returns the link, or null when nobody needs one.
 */
export async function admitAdministrator(
  platform: Platform,
  { home, adminToken }: Admission,
): Promise<string | null> {
  const ctx: Context = { ...platform, actor: { kind: "system", name: "start-up" } };
  const { userId, created, link } = await ensureFirstAdministrator(ctx);
  if (adminToken !== undefined) await keepAdministratorToken(ctx, { userId, secret: adminToken });
  // A file that is there and yet refused was revoked by somebody, and stays so.
  if (created || (await home.read(localTokenFile)) === undefined) {
    await home.write(localTokenFile, await createLocalToken(ctx, userId));
  }
  return link;
}
