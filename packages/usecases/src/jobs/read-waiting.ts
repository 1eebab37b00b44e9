import type { PoolClient } from "@tessera/db/transaction";
import type { Need, Waiting } from "@tessera/scheduling/world";

/** A workload that waits for a place and for nothing else. */
export interface WaitingRow extends Waiting {
  readonly priority: number;
  readonly createdAt: Date | string;
  readonly reason: string | null;
}

interface Part {
  readonly now: Date;
  readonly limit: number;
  /** Those behind this one alone. */
  readonly after: WaitingRow;
  /** Those alone that need no more than this. */
  readonly room: Need;
}

/** Parameters: now, limit; priority, createdAt, id to go on from; cpus, memoryMb, gpus at most. */
export const waitingSql = `
  SELECT w.id, w.name, w.project_id AS "group", w.cpus, w.memory_mb AS "memoryMb", w.gpus,
         w.priority, w.created_at AS "createdAt", w.reason
  FROM workload w
  LEFT JOIN environment_revision r ON r.id = w.environment_revision_id
  LEFT JOIN snapshot s ON s.id = w.snapshot_id
  WHERE w.state = 'queued'
    AND (w.not_before IS NULL OR w.not_before <= $1)
    AND (r.id IS NULL OR r.state = 'ready')
    AND (s.id IS NULL OR s.state = 'ready')
    AND ($3::int IS NULL OR w.priority <= $3)
    AND ($3::int IS NULL OR w.priority < $3 OR (w.created_at, w.id) > ($4::timestamptz, $5::text))
    AND ($6::float8 IS NULL OR (w.cpus <= $6 AND w.memory_mb <= $7::int AND w.gpus <= $8::int))
  ORDER BY w.priority DESC, w.created_at, w.id
  LIMIT $2`;

/** The next part of the queue, in the order of service. */
export async function readWaiting(client: PoolClient, part: Part): Promise<WaitingRow[]> {
  const { now, limit, after, room } = part;
  const values = [
    now,
    limit,
    after.priority,
    after.createdAt,
    after.id,
    room.cpus,
    room.memoryMb,
    room.gpus,
  ];
  const { rows } = await client.query<WaitingRow>({
    name: "waiting-workloads",
    text: waitingSql,
    values,
  });
  return rows;
}
