import type { Action } from "@tessera/contracts/action";
import { PlatformError } from "@tessera/contracts/errors";
import { Role } from "@tessera/contracts/project";
import type { Context } from "../platform/platform.ts";
import { accountActions, policy, runTokenActions } from "./policy.ts";

/** The columns of a project that every use case needs. */
export interface ProjectRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly ownerId: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A project that the caller may see, and the role that the caller has in it. */
export interface Access {
  readonly project: ProjectRow;
  /** `null` for administrators who are not members, for runs and for the platform. */
  readonly role: Role | null;
}

export type Subject = { readonly project: string } | { readonly projectId: string };

function notFound(subject: Subject): PlatformError {
  const name = "project" in subject ? subject.project : subject.projectId;
  return new PlatformError("not_found", `There is no project "${name}" that you can see`);
}

function denied(action: Action, what: string): PlatformError {
  return new PlatformError("permission_denied", `${what} may not do this (${action})`);
}

async function findAccess(ctx: Context, subject: Subject): Promise<Access | null> {
  const where = "project" in subject ? { slug: subject.project } : { id: subject.projectId };
  const { actor } = ctx;
  if (actor.kind !== "user") {
    const project = await ctx.db.prisma.project.findUnique({ where });
    return project && { project, role: null };
  }
  const found = await ctx.db.prisma.project.findUnique({
    where,
    include: { members: { where: { userId: actor.userId } } },
  });
  if (!found) return null;
  const { members, ...project } = found;
  const role = members[0] ? Role.parse(members[0].role) : null;
  if (role === null && !actor.admin) return null;
  if (actor.onlyProjectId !== null && actor.onlyProjectId !== project.id) return null;
  return { project, role };
}

function check(ctx: Context, action: Action, access: Access): void {
  const { actor } = ctx;
  if (actor.kind === "system" || (actor.kind === "user" && actor.admin)) return;
  if (actor.kind === "run") {
    if (!runTokenActions.has(action)) throw denied(action, "A job's own token");
    return;
  }
  if (access.role === null || !policy[access.role].has(action)) {
    throw denied(action, access.role === null ? "You" : `The role "${access.role}"`);
  }
}

/**
 * Lets the caller do something in a project, or throws: unauthenticated without an account,
 * not_found when the project is not the caller's to see, permission_denied when the role is
 * not enough.
 */
export async function authorize(ctx: Context, action: Action, subject: Subject): Promise<Access> {
  const { actor } = ctx;
  if (actor.kind === "anonymous") throw unauthenticated();
  const access = await findAccess(ctx, subject);
  if (!access) throw notFound(subject);
  if (actor.kind === "run" && actor.projectId !== access.project.id) throw notFound(subject);
  check(ctx, action, access);
  return access;
}

/** Lets the caller do something that is in no project, or throws as `authorize` does. */
export function authorizeAccount(ctx: Context, action: Action | "signed-in"): void {
  const { actor } = ctx;
  if (actor.kind === "anonymous") throw unauthenticated();
  if (actor.kind === "system" || action === "signed-in") return;
  if (actor.kind === "run") throw denied(action, "A job's own token");
  if (actor.onlyProjectId !== null && action !== "tier.read" && action !== "queue.read") {
    throw denied(action, "A token for one project");
  }
  if (actor.admin) return;
  if (!accountActions.has(action))
    throw new PlatformError("permission_denied", `Only administrators may do this (${action})`);
}

function unauthenticated(): PlatformError {
  return new PlatformError(
    "unauthenticated",
    "Sign in, or send a token as `Authorization: Bearer …` or as the Basic password",
  );
}
