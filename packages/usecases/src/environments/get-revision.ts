import type { EnvironmentRevision } from "@tessera/contracts/environment";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { findRevision } from "./find-environment.ts";
import { presentRevision } from "./present-environment.ts";

export async function getRevision(
  ctx: Context,
  input: { project: string; name: string; number: number },
): Promise<EnvironmentRevision> {
  const { project } = await authorize(ctx, "environment.read", { project: input.project });
  const { name, number } = input;
  return presentRevision(await findRevision(ctx, { projectId: project.id, name, number }));
}
