import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { Id, Name, PageQuery, pageOf, ProjectParams, Slug, Timestamp } from "./fields.ts";

/** What a member may do in a project; `policy` in usecases says which actions. */
export const Role = z.enum(["owner", "contributor", "launcher", "viewer"]);
export type Role = z.infer<typeof Role>;

export const Project = z.object({
  id: Id,
  slug: Slug,
  name: z.string(),
  description: z.string(),
  /** Whether it is somebody's personal project. */
  personal: z.boolean(),
  /** The caller's role; administrators without membership have `null`. */
  role: Role.nullable(),
  /** Address that an MLflow client takes as MLFLOW_TRACKING_URI. */
  trackingUri: z.string(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Project = z.infer<typeof Project>;

export const CreateProject = z.strictObject({
  name: Name,
  slug: Slug.optional(),
  description: z.string().max(5000).optional(),
});
export type CreateProject = z.infer<typeof CreateProject>;

export const UpdateProject = z.strictObject({
  name: Name.optional(),
  description: z.string().max(5000).optional(),
});
export type UpdateProject = z.infer<typeof UpdateProject>;

export const Member = z.object({
  userId: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  since: Timestamp,
});
export type Member = z.infer<typeof Member>;

export const PutMember = z.strictObject({ email: z.email().max(320), role: Role });
export type PutMember = z.infer<typeof PutMember>;

const path = "/api/v1/projects";
const tag = "Projects";

export const listProjects = defineEndpoint({
  id: "listProjects",
  method: "GET",
  path,
  tag,
  summary: "Projects that the caller is a member of; all of them for an administrator",
  action: "signed-in",
  query: PageQuery,
  status: 200,
  response: pageOf(Project),
});

export const createProject = defineEndpoint({
  id: "createProject",
  method: "POST",
  path,
  tag,
  summary: "Create a project; without a slug, one is made from the name",
  action: "project.create",
  body: CreateProject,
  status: 201,
  response: Project,
  errors: ["conflict"],
});

export const getProject = defineEndpoint({
  id: "getProject",
  method: "GET",
  path: `${path}/{project}`,
  tag,
  summary: "A project",
  action: "project.read",
  params: ProjectParams,
  status: 200,
  response: Project,
});

export const updateProject = defineEndpoint({
  id: "updateProject",
  method: "PATCH",
  path: `${path}/{project}`,
  tag,
  summary: "Rename or describe a project",
  action: "project.update",
  params: ProjectParams,
  body: UpdateProject,
  status: 200,
  response: Project,
});

export const deleteProject = defineEndpoint({
  id: "deleteProject",
  method: "DELETE",
  path: `${path}/{project}`,
  tag,
  summary: "Delete a project with everything in it; refused while jobs are active",
  action: "project.delete",
  params: ProjectParams,
  status: 204,
  errors: ["failed_precondition"],
});

export const listMembers = defineEndpoint({
  id: "listMembers",
  method: "GET",
  path: `${path}/{project}/members`,
  tag,
  summary: "Who is a member, in which role",
  action: "member.read",
  params: ProjectParams,
  query: PageQuery,
  status: 200,
  response: pageOf(Member),
});

export const putMember = defineEndpoint({
  id: "putMember",
  method: "PUT",
  path: `${path}/{project}/members`,
  tag,
  summary: "Add a member or change a role; the last owner stays",
  action: "member.manage",
  params: ProjectParams,
  body: PutMember,
  status: 200,
  response: Member,
  errors: ["failed_precondition"],
});

export const removeMember = defineEndpoint({
  id: "removeMember",
  method: "DELETE",
  path: `${path}/{project}/members/{userId}`,
  tag,
  summary: "Remove a member; the last owner stays",
  action: "member.manage",
  params: z.strictObject({ project: Slug, userId: Id }),
  status: 204,
  errors: ["failed_precondition"],
});
