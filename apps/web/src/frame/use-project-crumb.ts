import { getProject } from "@tessera/contracts/project";
import { useEndpoint } from "../data/use-endpoint.ts";
import { projectPath } from "./navigation.ts";
import type { Crumb } from "./page-frame.tsx";

/** The first crumb of every page below a project: its name, or its slug until that is known. */
export function useProjectCrumb(project: string): Crumb {
  const { data } = useEndpoint(getProject, { params: { project } });
  return { label: data?.name ?? project, href: projectPath(project) };
}
