import type { AuthProvider } from "@tessera/contracts/identity";
import type { Context } from "../platform/platform.ts";

/** Ways to sign in. Anybody may ask. */
export async function getAuthProviders(
  ctx: Context,
): Promise<{ password: boolean; oidc: AuthProvider[] }> {
  return { password: true, oidc: [...ctx.settings.oidcProviders] };
}
