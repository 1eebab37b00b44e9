import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";

/**
 * The models that a project's runs logged: none, as none can be created. Clients ask before they
 * list or download a run's artifacts, and fail when there is no such endpoint.
 */
export async function searchLoggedModels(
  ctx: Context,
  input: { project: string },
): Promise<{ models: [] }> {
  await authorize(ctx, "run.read", input);
  return { models: [] };
}
