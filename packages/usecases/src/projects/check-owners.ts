import { PlatformError } from "@tessera/contracts/errors";
import type { Transaction } from "@tessera/db/client";
import type { ProjectRow } from "../identity/authorize.ts";

/** Makes changes of a project's members wait for each other. */
export async function lockMembers(tx: Transaction, project: ProjectRow): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${project.id} FOR UPDATE`;
}

/** Throws when the transaction leaves the project without an owner. */
export async function checkOwners(tx: Transaction, project: ProjectRow): Promise<void> {
  const owners = await tx.projectMember.findMany({
    where: { projectId: project.id, role: "owner" },
    select: { userId: true },
  });
  if (owners.length === 0) {
    throw new PlatformError(
      "failed_precondition",
      "The last owner has to stay one; make somebody else an owner first",
    );
  }
  if (project.ownerId !== null && !owners.some(({ userId }) => userId === project.ownerId)) {
    throw new PlatformError(
      "failed_precondition",
      "This is a personal project; whose it is has to stay its owner",
    );
  }
}
