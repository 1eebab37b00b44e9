import type { DatasetDraft } from "@tessera/contracts/dataset-draft";
import type { Prisma } from "@tessera/db/client";

/** After how many days an upload is deleted that nobody goes on with. */
export const DRAFT_DAYS = 7;

const dayMs = 24 * 3600 * 1000;

export const draftInclude = {
  version: { select: { number: true, fileCount: true, sizeBytes: true } },
} as const satisfies Prisma.DatasetDraftInclude;

export type DraftRow = Prisma.DatasetDraftGetPayload<{ include: typeof draftInclude }>;

interface Contents {
  readonly fileCount: number;
  readonly sizeBytes: bigint;
}

export function presentDraft(row: DraftRow, contents: Contents): DatasetDraft {
  const { fileCount, sizeBytes } = row.version ?? contents;
  return {
    id: row.id,
    dataset: row.datasetName,
    message: row.message,
    fileCount,
    sizeBytes: Number(sizeBytes),
    version: row.version?.number ?? null,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: new Date(row.touchedAt.getTime() + DRAFT_DAYS * dayMs).toISOString(),
  };
}
