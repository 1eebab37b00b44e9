import { projectPath } from "../../frame/navigation.ts";

/** The address of a registered model, at one of its versions. */
export function modelPath(project: string, name: string, version?: number): string {
  const path = projectPath(project, "models", name);
  return version === undefined ? path : `${path}?version=${version}`;
}
