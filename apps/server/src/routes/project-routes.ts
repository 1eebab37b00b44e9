import * as contract from "@tessera/contracts/project";
import { createProject } from "@tessera/usecases/projects/create-project";
import { deleteProject } from "@tessera/usecases/projects/delete-project";
import { getProject } from "@tessera/usecases/projects/get-project";
import { listProjects } from "@tessera/usecases/projects/list-projects";
import { updateProject } from "@tessera/usecases/projects/update-project";
import { route } from "../http/route.ts";

export const projectRoutes = [
  route(contract.listProjects, (ctx, { query }) => listProjects(ctx, query)),
  route(contract.createProject, (ctx, { body }) => createProject(ctx, body)),
  route(contract.getProject, (ctx, { params }) => getProject(ctx, params)),
  route(contract.updateProject, (ctx, { params, body }) =>
    updateProject(ctx, { ...params, changes: body }),
  ),
  route(contract.deleteProject, (ctx, { params }) => deleteProject(ctx, params)),
];
