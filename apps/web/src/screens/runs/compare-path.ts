import { projectPath } from "../../frame/navigation.ts";

/** More lines than this nobody can tell apart. */
export const mostCompared = 50;

/** The address of the page that compares some runs. */
export function comparePath(project: string, runIds: readonly string[]): string {
  return `${projectPath(project, "compare")}?runs=${runIds.map(encodeURIComponent).join(",")}`;
}
