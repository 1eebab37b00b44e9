import { createHash } from "node:crypto";
import type { PoolClient } from "@tessera/db/transaction";

const AT_ONCE = 5000;

/** What a draft amounts to. */
export interface DraftContents {
  readonly digest: string;
  readonly fileCount: number;
  readonly sizeBytes: number;
}

/**
 * The SHA-256 over a line `<sha256> <size> <path>` for each file, by the paths' bytes; read a piece
 * at a time, however many there are.
 */
export async function digestDraft(client: PoolClient, draftId: string): Promise<DraftContents> {
  const hash = createHash("sha256");
  let fileCount = 0;
  let sizeBytes = 0;
  await client.query(
    `DECLARE draft_files NO SCROLL CURSOR FOR
     SELECT path, sha256, size_bytes::float8 AS size FROM draft_file
     WHERE draft_id = '${draftId}' ORDER BY path COLLATE "C"`,
  );
  for (;;) {
    const { rows } = await client.query<{ path: string; sha256: string; size: number }>(
      `FETCH ${AT_ONCE} FROM draft_files`,
    );
    if (rows.length === 0) break;
    for (const { path, sha256, size } of rows) {
      hash.update(`${sha256} ${size} ${path}\n`);
      sizeBytes += size;
    }
    fileCount += rows.length;
  }
  await client.query("CLOSE draft_files");
  return { digest: hash.digest("hex"), fileCount, sizeBytes };
}
