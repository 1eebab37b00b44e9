import { gzipSync } from "node:zlib";
import type { PoolClient } from "@tessera/db/transaction";

const appendSql = {
  name: "append-system-line",
  text: `INSERT INTO log_segment (workload_id, seq, attempt, stream, byte_offset, byte_length,
                                  first_line, line_count, data)
         SELECT $1, coalesce(max(seq), -1) + 1, $2, 'system',
                coalesce(max(byte_offset + byte_length)
                           FILTER (WHERE stream = 'system' AND attempt = $2), 0),
                $3, coalesce(max(first_line + line_count), 0), 1, $4
         FROM log_segment WHERE workload_id = $1`,
};

/**
 * Writes a line of the platform's own into a workload's log, in the transaction that it tells of:
 * so it is there once.
 */
export async function appendSystemLine(
  client: PoolClient,
  line: { readonly workloadId: string; readonly attempt: number; readonly text: string },
): Promise<void> {
  const bytes = Buffer.from(`${line.text.replaceAll("\n", " ")}\n`);
  const values = [line.workloadId, line.attempt, bytes.length, gzipSync(bytes)];
  await client.query({ ...appendSql, values });
}
