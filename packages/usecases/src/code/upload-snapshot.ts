import type { GitState, Snapshot, UploadSnapshotQuery } from "@tessera/contracts/code";
import { PlatformError } from "@tessera/contracts/errors";
import { newId } from "@tessera/kit/ids";
import { authorize } from "../identity/authorize.ts";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { keepFiles, type ReadArchive } from "./keep-files.ts";
import { putManifest } from "./manifest.ts";
import { presentSnapshot } from "./present-snapshot.ts";

interface Input {
  readonly project: string;
  readonly git: UploadSnapshotQuery;
  readonly read: ReadArchive;
}

function gitStateOf(query: UploadSnapshotQuery): GitState {
  return {
    commit: query.commit ?? null,
    branch: query.branch ?? null,
    remote: query.remote === undefined ? null : withoutPassword(query.remote),
    dirty: query.dirty === "true",
  };
}

/** A remote's address may carry a password; that is nobody's business. */
export function withoutPassword(remote: string): string {
  if (!URL.canParse(remote)) return remote;
  const url = new URL(remote);
  if (url.username === "" && url.password === "") return remote;
  url.username = "";
  url.password = "";
  return url.toString();
}

/** Keeps an uploaded folder as an immutable snapshot; content that is there already is shared. */
export async function uploadSnapshot(ctx: Context, input: Input): Promise<Snapshot> {
  const { project } = await authorize(ctx, "code.write", { project: input.project });
  const { files, diffSha256 } = await keepFiles(ctx, input.read);
  if (files.length === 0) {
    throw new PlatformError("invalid_argument", "The archive has no file in it");
  }
  const digest = await putManifest(ctx.blobs, files);
  const git = gitStateOf(input.git);
  const id = newId();
  const row = await ctx.db.prisma.$transaction(async (tx) => {
    await recordAudit(ctx, tx, {
      action: "snapshot.upload",
      subject: id,
      projectId: project.id,
      details: { digest },
    });
    return tx.snapshot.create({
      data: {
        id,
        projectId: project.id,
        state: "ready",
        source: "upload",
        digest,
        gitCommit: git.commit,
        gitBranch: git.branch,
        gitRemote: git.remote,
        gitDirty: git.dirty,
        diffSha256,
        fileCount: files.length,
        sizeBytes: BigInt(files.reduce((sum, file) => sum + file.sizeBytes, 0)),
        createdBy: actorName(ctx.actor),
      },
    });
  });
  return presentSnapshot(row);
}
