import { projectPath } from "./navigation.ts";

/**
 * The page that an address of MLflow's own interface means. Its client prints such addresses
 * below the tracking address: `/p/digits/#/experiments/1/runs/0199…`.
 */
export function pageOfMlflowHash(project: string, hash: string): string | undefined {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const parts = path.split("/").filter(Boolean).map(decoded);
  if (parts[0] === "compare-runs") return comparePage(project, query);
  const [noun, experiment, runs, run] = parts;
  if (noun !== "experiments" || experiment === undefined) return undefined;
  if (runs === "runs" && run !== undefined) return projectPath(project, "runs", run);
  return `${projectPath(project, "runs")}?experiment=${encodeURIComponent(experiment)}`;
}

function comparePage(project: string, query: string): string | undefined {
  const ids = idsOf(new URLSearchParams(query).get("runs"));
  if (ids.length === 0) return undefined;
  return `${projectPath(project, "compare")}?runs=${ids.map(encodeURIComponent).join(",")}`;
}

/** Ids from a JSON list; none from anything else. */
function idsOf(text: string | null): string[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
