import type { Actor } from "./platform.ts";

/** Who acts, in words, for the audit log and for "submitted by". */
export function actorName(actor: Actor): string {
  return actor.kind === "anonymous" ? "anonymous" : actor.name;
}

/** The account behind an actor, if there is one. */
export function actorUserId(actor: Actor): string | null {
  return actor.kind === "user" || actor.kind === "run" ? actor.userId : null;
}
