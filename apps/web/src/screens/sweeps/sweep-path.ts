import { projectPath } from "../../frame/navigation.ts";

export function sweepPath(project: string, id: string): string {
  return projectPath(project, "sweeps", id);
}
