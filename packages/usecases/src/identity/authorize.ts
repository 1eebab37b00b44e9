import type { Action } from "@tessera/contracts/action";
import { PlatformError } from "@tessera/contracts/errors";
import { Role } from "@tessera/contracts/project";
import type { Actor, Context } from "../platform/platform.ts";
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

/** Columns of a project `p` and of the caller's membership `m`, as AccessRow names them. */
export const ACCESS_COLUMNS = `p.id AS project_id, p.slug, p.name AS project_name, p.description,
  p.owner_id, p.created_at, p.updated_at, m.role`;

/** What ACCESS_COLUMNS gives. */
export interface AccessRow {
  readonly project_id: string;
  readonly slug: string;
  readonly project_name: string;
  readonly description: string;
  readonly owner_id: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly role: string | null;
}

const findAccess = (column: "slug" | "id") => ({
  name: `find-access-by-${column}`,
  text: `SELECT ${ACCESS_COLUMNS} FROM project p
         LEFT JOIN project_member m ON m.project_id = p.id AND m.user_id = $2
         WHERE p.${column} = $1`,
});

const FIND_BY_SLUG = findAccess("slug");
const FIND_BY_ID = findAccess("id");

/** Whose membership counts: a job's own token has none, whoever submitted the job. */
export function memberOf(actor: Actor): string | null {
  return actor.kind === "user" ? actor.userId : null;
}

function accessOf(row: AccessRow): Access {
  return {
    project: {
      id: row.project_id,
      slug: row.slug,
      name: row.project_name,
      description: row.description,
      ownerId: row.owner_id,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    },
    role: row.role === null ? null : Role.parse(row.role),
  };
}

function maySee(actor: Actor, { project, role }: Access): boolean {
  switch (actor.kind) {
    case "user":
      if (role === null && !actor.admin) return false;
      return actor.onlyProjectId === null || actor.onlyProjectId === project.id;
    case "run":
      return actor.projectId === project.id;
    case "system":
      return true;
    case "anonymous":
      return false;
    default:
      return actor satisfies never;
  }
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
  if (ctx.actor.kind === "anonymous") throw unauthenticated();
  const [find, value] =
    "project" in subject ? [FIND_BY_SLUG, subject.project] : [FIND_BY_ID, subject.projectId];
  const values = [value, memberOf(ctx.actor)];
  const { rows } = await ctx.db.pool.query<AccessRow>({ ...find, values });
  return admit(ctx, action, { subject, row: rows[0] });
}

/** `authorize`, for a caller that read the project's row together with something of its own. */
export function admit(
  ctx: Context,
  action: Action,
  { subject, row }: { readonly subject: Subject; readonly row: AccessRow | undefined },
): Access {
  if (ctx.actor.kind === "anonymous") throw unauthenticated();
  const access = row && accessOf(row);
  if (!access || !maySee(ctx.actor, access)) throw notFound(subject);
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
