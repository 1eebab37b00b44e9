import type { Route } from "../http/route.ts";
import { codeRoutes } from "./code-routes.ts";
import { datasetRoutes } from "./dataset-routes.ts";
import { environmentRoutes } from "./environment-routes.ts";
import { eventRoutes } from "./event-routes.ts";
import { identityRoutes } from "./identity-routes.ts";
import { jobRoutes } from "./job-routes.ts";
import { logRoutes } from "./log-routes.ts";
import { memberRoutes } from "./member-routes.ts";
import { metaRoutes } from "./meta-routes.ts";
import { modelRoutes } from "./model-routes.ts";
import { projectRoutes } from "./project-routes.ts";
import { runRoutes } from "./run-routes.ts";
import { sweepRoutes } from "./sweep-routes.ts";

/** Every route of the REST API. */
export const allRoutes: readonly Route[] = [
  ...metaRoutes,
  ...identityRoutes,
  ...projectRoutes,
  ...memberRoutes,
  ...codeRoutes,
  ...datasetRoutes,
  ...environmentRoutes,
  ...jobRoutes,
  ...sweepRoutes,
  ...runRoutes,
  ...modelRoutes,
  ...logRoutes,
  ...eventRoutes,
];
