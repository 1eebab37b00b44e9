import type { Transaction } from "@tessera/db/client";
import { newId } from "@tessera/kit/ids";
import { publishEvent } from "../events/publish-event.ts";
import type { ProjectRow } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";

interface NewProject {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly firstOwner: string | null;
  readonly personal: boolean;
}

/** A project with its first owner and its experiment "0", which MLflow clients expect. */
export async function insertProject(
  ctx: Context,
  tx: Transaction,
  input: NewProject,
): Promise<ProjectRow> {
  const { firstOwner, personal, ...columns } = input;
  const project = await tx.project.create({
    data: {
      ...columns,
      ownerId: personal ? firstOwner : null,
      experiments: { create: { id: newId(), number: 0, name: "Default" } },
      ...(firstOwner === null
        ? {}
        : { members: { create: { userId: firstOwner, role: "owner" } } }),
    },
  });
  await publishEvent(tx, {
    type: "project.changed",
    projectId: project.id,
    subject: project.id,
  });
  await recordAudit(ctx, tx, {
    action: "project.create",
    subject: project.id,
    projectId: project.id,
    details: { slug: project.slug },
  });
  return project;
}
