import { projectPath } from "./navigation.ts";

const address = /^#\/experiments\/(\d+)(?:\/runs\/([a-zA-Z0-9][\w-]*))?(?:[/?].*)?$/;

/**
 * Our page for what MLflow's client prints after a run, such as `#/experiments/0/runs/<id>` behind
 * the tracking address; null for any other fragment.
 */
export function pageOfMlflowAddress(project: string, fragment: string): string | null {
  const [, experiment, run] = address.exec(fragment) ?? [];
  if (experiment === undefined) return null;
  if (run !== undefined) return projectPath(project, "runs", run);
  return `${projectPath(project, "runs")}?experiment=${experiment}`;
}
