import type { Action } from "@tessera/contracts/action";
import { getMe } from "@tessera/contracts/identity";
import { getProject, type Role } from "@tessera/contracts/project";
import { useEndpoint } from "./use-endpoint.ts";

const ranks: Record<Role, number> = { viewer: 0, launcher: 1, contributor: 2, owner: 3 };

/** The least role for what a project's pages offer; the server has the last word. */
const least = {
  "job.submit": "launcher",
  "job.cancel": "launcher",
  "sweep.write": "launcher",
  "run.write": "contributor",
  "run.delete": "contributor",
  "environment.write": "contributor",
  "model.write": "contributor",
  "model.promote": "contributor",
  "model.delete": "contributor",
  "data.write": "contributor",
} as const satisfies Partial<Record<Action, Role>>;

export type GuardedAction = keyof typeof least;

/** Why a role may not do something, in words; null when it may. */
export function refusalOf(action: GuardedAction, role: Role): string | null {
  const needed = least[action];
  return ranks[role] >= ranks[needed]
    ? null
    : `Your role here is ${role}; this needs ${needed} or more`;
}

/**
 * Tells why the signed-in person may not do something in a project, for `disabledReason`; null
 * while that is not known yet.
 */
export function useRefusal(slug: string): (action: GuardedAction) => string | null {
  const me = useEndpoint(getMe, {});
  const project = useEndpoint(getProject, { params: { project: slug } });
  const role = me.data?.user.admin === true ? null : (project.data?.role ?? null);
  return (action) => (role === null ? null : refusalOf(action, role));
}
