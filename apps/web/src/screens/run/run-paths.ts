import { projectPath } from "../../frame/navigation.ts";

/** The address of a run's page, at one of its tabs. */
export function runPath(project: string, id: string, tab?: string): string {
  const path = projectPath(project, "runs", id);
  return tab === undefined ? path : `${path}?tab=${tab}`;
}

/** The runs of one experiment. */
export function experimentPath(project: string, experimentId: string): string {
  return `${projectPath(project, "runs")}?experiment=${encodeURIComponent(experimentId)}`;
}
