import * as contract from "@tessera/contracts/identity";
import { completeWelcome } from "@tessera/usecases/identity/complete-welcome";
import { createAccessToken } from "@tessera/usecases/identity/create-access-token";
import { createSignInLink } from "@tessera/usecases/identity/create-sign-in-link";
import { createUser } from "@tessera/usecases/identity/create-user";
import { getAuthProviders } from "@tessera/usecases/identity/get-auth-providers";
import { getMe } from "@tessera/usecases/identity/get-me";
import { listAccessTokens } from "@tessera/usecases/identity/list-access-tokens";
import { listUsers } from "@tessera/usecases/identity/list-users";
import { revokeAccessToken } from "@tessera/usecases/identity/revoke-access-token";
import { updateUser } from "@tessera/usecases/identity/update-user";
import { route } from "../http/route.ts";

export const identityRoutes = [
  route(contract.getAuthProviders, (ctx) => getAuthProviders(ctx)),
  route(contract.getMe, (ctx) => getMe(ctx)),
  route(contract.completeWelcome, (ctx, { body }) => completeWelcome(ctx, body)),
  route(contract.createSignInLink, (ctx, { body }) => createSignInLink(ctx, body)),
  route(contract.listAccessTokens, (ctx, { query }) => listAccessTokens(ctx, query)),
  route(contract.createAccessToken, (ctx, { body }) => createAccessToken(ctx, body)),
  route(contract.revokeAccessToken, (ctx, { params }) => revokeAccessToken(ctx, params)),
  route(contract.listUsers, (ctx, { query }) => listUsers(ctx, query)),
  route(contract.createUser, (ctx, { body }) => createUser(ctx, body)),
  route(contract.updateUser, (ctx, { params, body }) =>
    updateUser(ctx, { ...params, changes: body }),
  ),
];
