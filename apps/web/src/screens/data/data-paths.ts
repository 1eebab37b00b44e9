import { projectPath } from "../../frame/navigation.ts";

/** The address of a dataset, at one of its versions. */
export function datasetPath(project: string, name: string, version?: number): string {
  const path = projectPath(project, "data", name);
  return version === undefined ? path : `${path}?version=${version}`;
}
