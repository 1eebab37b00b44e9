import type { Action } from "@tessera/contracts/action";
import type { Role } from "@tessera/contracts/project";

const viewer: readonly Action[] = [
  "project.read",
  "member.read",
  "run.read",
  "artifact.read",
  "model.read",
  "job.read",
  "sweep.read",
  "code.read",
  "data.read",
  "environment.read",
  "event.read",
];

const launcher: readonly Action[] = [...viewer, "job.submit", "job.cancel", "sweep.write"];

const contributor: readonly Action[] = [
  ...launcher,
  "run.write",
  "run.delete",
  "artifact.write",
  "model.write",
  "model.promote",
  "model.delete",
  "code.write",
  "data.write",
  "environment.write",
];

const owner: readonly Action[] = [
  ...contributor,
  "project.update",
  "project.delete",
  "member.manage",
];

/** What each role may do in its project. */
export const policy: Record<Role, ReadonlySet<Action>> = {
  viewer: new Set(viewer),
  launcher: new Set(launcher),
  contributor: new Set(contributor),
  owner: new Set(owner),
};

/** What a job's own token may do in its project; writing is further limited to its own runs. */
export const runTokenActions: ReadonlySet<Action> = new Set<Action>([
  "project.read",
  "run.read",
  "run.write",
  "artifact.read",
  "artifact.write",
  "model.read",
  "model.write",
  "code.read",
  "data.read",
  "environment.read",
]);

/** What anybody with an account may do outside projects. */
export const accountActions: ReadonlySet<Action> = new Set<Action>([
  "project.create",
  "token.manage",
  "tier.read",
  "queue.read",
]);

/** What only administrators of the whole may do. */
export const administratorActions: ReadonlySet<Action> = new Set<Action>(["platform.administer"]);
