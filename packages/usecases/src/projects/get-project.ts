import type { Project } from "@tessera/contracts/project";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { presentProject } from "./present-project.ts";

export async function getProject(ctx: Context, input: { project: string }): Promise<Project> {
  const access = await authorize(ctx, "project.read", input);
  return presentProject(ctx.settings, access);
}
