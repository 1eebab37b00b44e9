import type { DatasetVersion } from "@tessera/contracts/dataset";
import type { Prisma } from "@tessera/db/client";

/** What must be read with a version to present it. */
export const versionInclude = {
  dataset: { select: { name: true } },
  tags: { select: { name: true }, orderBy: { name: "asc" } },
} as const satisfies Prisma.DatasetVersionInclude;

export type VersionRow = Prisma.DatasetVersionGetPayload<{ include: typeof versionInclude }>;

export function presentVersion(row: VersionRow): DatasetVersion {
  return {
    id: row.id,
    dataset: row.dataset.name,
    number: row.number,
    digest: row.digest,
    message: row.message,
    fileCount: row.fileCount,
    sizeBytes: Number(row.sizeBytes),
    tags: row.tags.map(({ name }) => name),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
  };
}
