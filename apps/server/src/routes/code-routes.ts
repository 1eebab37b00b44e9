import { readTarGz } from "@tessera/blobs/archive/read-tar-gz";
import * as contract from "@tessera/contracts/code";
import { cloneSnapshot } from "@tessera/usecases/code/clone-snapshot";
import { compareSnapshots } from "@tessera/usecases/code/compare-snapshots";
import { findSnapshot } from "@tessera/usecases/code/find-snapshot";
import { getSnapshot } from "@tessera/usecases/code/get-snapshot";
import { listSnapshotFiles } from "@tessera/usecases/code/list-snapshot-files";
import { openSnapshotDiff, openSnapshotFile } from "@tessera/usecases/code/open-snapshot-file";
import type { ReadArchive } from "@tessera/usecases/code/keep-files";
import { uploadSnapshot } from "@tessera/usecases/code/upload-snapshot";
import type { FastifyRequest } from "fastify";
import { route } from "../http/route.ts";
import { sendDownload } from "../http/send-download.ts";

const MOST_FILES = 100_000;
const LONGEST_PATH = 4096;

function archiveOf(request: FastifyRequest): ReadArchive {
  return ({ maxBytes }, onFile) =>
    readTarGz(
      request.raw,
      { maxBytes, maxFileBytes: maxBytes, maxFiles: MOST_FILES, maxPathLength: LONGEST_PATH },
      (path, mode, body) => onFile({ path, executable: (mode & 0o111) !== 0, body }),
    );
}

export const codeRoutes = [
  route(contract.uploadSnapshot, (ctx, { params, query, request }) =>
    uploadSnapshot(ctx, { ...params, git: query, read: archiveOf(request) }),
  ),
  route(contract.cloneSnapshot, (ctx, { params, body }) =>
    cloneSnapshot(ctx, { ...params, clone: body }),
  ),
  route(contract.findSnapshot, (ctx, { params }) => findSnapshot(ctx, params)),
  route(contract.getSnapshot, (ctx, { params }) => getSnapshot(ctx, params)),
  route(contract.listSnapshotFiles, (ctx, { params, query }) =>
    listSnapshotFiles(ctx, { ...params, ...query }),
  ),
  route(contract.getSnapshotFile, async (ctx, { params, query, reply }) => {
    const file = await openSnapshotFile(ctx, { ...params, ...query });
    sendDownload(reply, { ...file, contentType: "application/octet-stream" });
  }),
  route(contract.getSnapshotDiff, async (ctx, { params, reply }) => {
    const file = await openSnapshotDiff(ctx, params);
    sendDownload(reply, { ...file, contentType: "text/plain; charset=utf-8" });
  }),
  route(contract.compareSnapshots, (ctx, { params }) => compareSnapshots(ctx, params)),
];
