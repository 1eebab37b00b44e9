import * as contract from "@tessera/contracts/meta";
import { getMeta } from "@tessera/usecases/platform/get-meta";
import { route } from "../http/route.ts";

export const metaRoutes = [route(contract.getMeta, (ctx) => getMeta(ctx))];
