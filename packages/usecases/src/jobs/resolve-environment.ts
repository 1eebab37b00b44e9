import { PlatformError } from "@tessera/contracts/errors";
import type { Transaction } from "@tessera/db/client";

/** The revision that `name` (the latest) or `name@number` means in a project. */
export async function resolveEnvironment(
  tx: Transaction,
  projectId: string,
  reference: string,
): Promise<{ id: string; kind: string }> {
  const [name = reference, number] = reference.split("@");
  const revision = await tx.environmentRevision.findFirst({
    where: {
      environment: { projectId, name },
      ...(number === undefined ? {} : { number: Number(number) }),
    },
    orderBy: { number: "desc" },
    select: { id: true, kind: true },
  });
  if (revision) return revision;
  throw new PlatformError("invalid_argument", `There is no environment "${reference}" here`, {
    issues: [{ path: "environment", message: "name one of the project's environments" }],
  });
}
