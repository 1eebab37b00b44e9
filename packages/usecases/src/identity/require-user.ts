import type { Action } from "@tessera/contracts/action";
import { PlatformError } from "@tessera/contracts/errors";
import type { Context, UserActor } from "../platform/platform.ts";
import { authorizeAccount } from "./authorize.ts";

/** Lets a person do something to their own account, or throws as `authorizeAccount` does. */
export function requireUser(ctx: Context, action: Action | "signed-in"): UserActor {
  authorizeAccount(ctx, action);
  if (ctx.actor.kind === "user") return ctx.actor;
  throw new PlatformError("permission_denied", "Only people have accounts");
}
