import { type Snapshot, SnapshotState } from "@tessera/contracts/code";
import type { Prisma } from "@tessera/db/client";
import { z } from "zod";

export type SnapshotRow = Prisma.SnapshotGetPayload<Record<string, never>>;

const Source = z.enum(["upload", "git"]);

export function presentSnapshot(row: SnapshotRow): Snapshot {
  return {
    id: row.id,
    digest: row.digest,
    state: SnapshotState.parse(row.state),
    error: row.error,
    source: Source.parse(row.source),
    git: {
      commit: row.gitCommit,
      branch: row.gitBranch,
      remote: row.gitRemote,
      dirty: row.gitDirty,
    },
    hasDiff: row.diffSha256 !== null,
    fileCount: row.fileCount,
    sizeBytes: Number(row.sizeBytes),
    createdAt: row.createdAt.toISOString(),
  };
}
