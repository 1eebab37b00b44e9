import * as contract from "@tessera/contracts/project";
import { listMembers } from "@tessera/usecases/projects/list-members";
import { putMember } from "@tessera/usecases/projects/put-member";
import { removeMember } from "@tessera/usecases/projects/remove-member";
import { route } from "../http/route.ts";

export const memberRoutes = [
  route(contract.listMembers, (ctx, { params, query }) =>
    listMembers(ctx, { ...params, ...query }),
  ),
  route(contract.putMember, (ctx, { params, body }) => putMember(ctx, { ...params, member: body })),
  route(contract.removeMember, (ctx, { params }) => removeMember(ctx, params)),
];
