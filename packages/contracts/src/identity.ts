import { z } from "zod";
import { defineEndpoint } from "./endpoint.ts";
import { Id, Name, PageQuery, pageOf, Slug, Timestamp } from "./fields.ts";

export const User = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  admin: z.boolean(),
  disabled: z.boolean(),
  createdAt: Timestamp,
});
export type User = z.infer<typeof User>;

export const Me = z.object({
  user: User,
  /** How this request was authenticated. */
  via: z.enum(["session", "token", "run-token"]),
  /** True for the first administrator until a name, an e-mail and a password are set. */
  needsWelcome: z.boolean(),
  /** Slug of the project that the bare tracking address means for this caller. */
  homeProject: Slug.nullable(),
});
export type Me = z.infer<typeof Me>;

export const Welcome = z.strictObject({
  name: Name,
  email: z.email().max(320),
  password: z.string().min(10).max(128),
});
export type Welcome = z.infer<typeof Welcome>;

/** Where a one-time link leads; always a path on this origin. */
const RedirectPath = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])[^\\\p{Cc}]*$/u, "must be a path on this origin");

export const CreateSignInLink = z.strictObject({
  redirect: RedirectPath.optional(),
  /** An administrator may make one for somebody else. */
  userId: Id.optional(),
});
export type CreateSignInLink = z.infer<typeof CreateSignInLink>;

export const SignInLink = z.object({ url: z.string(), expiresAt: Timestamp });
export type SignInLink = z.infer<typeof SignInLink>;

export const AccessToken = z.object({
  id: Id,
  name: z.string(),
  /** First characters, to tell tokens apart. */
  prefix: z.string(),
  /** Slug of the one project it is good for; `null` for all of its owner's. */
  project: Slug.nullable(),
  createdAt: Timestamp,
  expiresAt: Timestamp.nullable(),
  lastUsedAt: Timestamp.nullable(),
});
export type AccessToken = z.infer<typeof AccessToken>;

export const CreateAccessToken = z.strictObject({
  name: Name,
  project: Slug.optional(),
  expiresInDays: z.number().int().min(1).max(3650).optional(),
});
export type CreateAccessToken = z.infer<typeof CreateAccessToken>;

/** The secret is shown in this answer and never again. */
export const CreatedAccessToken = AccessToken.extend({ secret: z.string() });
export type CreatedAccessToken = z.infer<typeof CreatedAccessToken>;

export const AuthProvider = z.object({ id: z.string(), name: z.string() });
export type AuthProvider = z.infer<typeof AuthProvider>;

export const CreateUser = z.strictObject({
  name: Name,
  email: z.email().max(320),
  admin: z.boolean().optional(),
});
export type CreateUser = z.infer<typeof CreateUser>;

export const CreatedUser = z.object({ user: User, link: SignInLink });
export type CreatedUser = z.infer<typeof CreatedUser>;

export const UpdateUser = z.strictObject({
  admin: z.boolean().optional(),
  disabled: z.boolean().optional(),
});
export type UpdateUser = z.infer<typeof UpdateUser>;

const tag = "Identity";

export const getAuthProviders = defineEndpoint({
  id: "getAuthProviders",
  method: "GET",
  path: "/api/v1/auth/providers",
  tag,
  summary: "Ways to sign in",
  action: "public",
  status: 200,
  response: z.object({ password: z.boolean(), oidc: z.array(AuthProvider) }),
});

export const getMe = defineEndpoint({
  id: "getMe",
  method: "GET",
  path: "/api/v1/me",
  tag,
  summary: "Who is calling",
  action: "signed-in",
  status: 200,
  response: Me,
});

export const completeWelcome = defineEndpoint({
  id: "completeWelcome",
  method: "POST",
  path: "/api/v1/me/welcome",
  tag,
  summary: "Set the name, e-mail and password of an account that came in by a one-time link",
  action: "signed-in",
  body: Welcome,
  status: 200,
  response: Me,
  errors: ["conflict", "failed_precondition"],
});

export const createSignInLink = defineEndpoint({
  id: "createSignInLink",
  method: "POST",
  path: "/api/v1/auth/links",
  tag,
  summary: "A one-time sign-in link, good for 15 minutes",
  action: "token.manage",
  body: CreateSignInLink,
  status: 201,
  response: SignInLink,
});

export const listAccessTokens = defineEndpoint({
  id: "listAccessTokens",
  method: "GET",
  path: "/api/v1/tokens",
  tag,
  summary: "The caller's personal access tokens",
  action: "token.manage",
  query: PageQuery,
  status: 200,
  response: pageOf(AccessToken),
});

export const createAccessToken = defineEndpoint({
  id: "createAccessToken",
  method: "POST",
  path: "/api/v1/tokens",
  tag,
  summary: "Create a personal access token, for one project or all",
  action: "token.manage",
  body: CreateAccessToken,
  status: 201,
  response: CreatedAccessToken,
});

export const revokeAccessToken = defineEndpoint({
  id: "revokeAccessToken",
  method: "DELETE",
  path: "/api/v1/tokens/{id}",
  tag,
  summary: "Revoke a token; it stops working at once",
  action: "token.manage",
  params: z.strictObject({ id: Id }),
  status: 204,
});

export const listUsers = defineEndpoint({
  id: "listUsers",
  method: "GET",
  path: "/api/v1/users",
  tag,
  summary: "Everybody",
  action: "platform.administer",
  query: PageQuery,
  status: 200,
  response: pageOf(User),
});

export const createUser = defineEndpoint({
  id: "createUser",
  method: "POST",
  path: "/api/v1/users",
  tag,
  summary: "Add a person; answers with a one-time link for them",
  action: "platform.administer",
  body: CreateUser,
  status: 201,
  response: CreatedUser,
  errors: ["conflict"],
});

export const updateUser = defineEndpoint({
  id: "updateUser",
  method: "PATCH",
  path: "/api/v1/users/{id}",
  tag,
  summary: "Make or unmake an administrator, disable or enable an account",
  action: "platform.administer",
  params: z.strictObject({ id: Id }),
  body: UpdateUser,
  status: 200,
  response: User,
  errors: ["failed_precondition"],
});
