import { z } from "zod";

/** Everything that someone may be allowed to do; the policy table maps roles to these. */
export const Action = z.enum([
  "platform.administer",
  "project.create",
  "project.read",
  "project.update",
  "project.delete",
  "member.read",
  "member.manage",
  "token.manage",
  "run.read",
  "run.write",
  "run.delete",
  "artifact.read",
  "artifact.write",
  "job.read",
  "job.submit",
  "job.cancel",
  "code.read",
  "code.write",
  "data.read",
  "data.write",
  "environment.read",
  "environment.write",
  "tier.read",
  "queue.read",
  "event.read",
]);
export type Action = z.infer<typeof Action>;
