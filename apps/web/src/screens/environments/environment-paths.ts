import { projectPath } from "../../frame/navigation.ts";

/** The address of an environment, at one of its revisions. */
export function environmentPath(project: string, name: string, number?: number): string {
  const path = projectPath(project, "environments", name);
  return number === undefined ? path : `${path}?revision=${number}`;
}
