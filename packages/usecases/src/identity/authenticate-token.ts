import { PlatformError } from "@tessera/contracts/errors";
import { sha256 } from "@tessera/kit/hash";
import type { Actor, Platform } from "../platform/platform.ts";

interface TokenRow {
  readonly id: string;
  readonly kind: string;
  readonly project_id: string | null;
  readonly workload_id: string | null;
  readonly expired: boolean;
  readonly unused: boolean;
  readonly user_id: string;
  readonly name: string;
  readonly admin: boolean;
  readonly disabled: boolean;
}

const findToken = {
  name: "actor-of-token",
  text: `SELECT t.id, t.kind, t.project_id, t.workload_id, u.id AS user_id, u.name, u.admin, u.disabled,
                coalesce(t.expires_at <= $2, false) AS expired,
                coalesce(t.last_used_at < $2::timestamptz - interval '1 minute', true) AS unused
         FROM access_token t JOIN "user" u ON u.id = t.user_id
         WHERE t.hash = $1`,
};

const noteUse = {
  name: "token-used",
  text: "UPDATE access_token SET last_used_at = greatest(last_used_at, $2) WHERE id = $1",
};

/**
 * Who a token speaks for. Asked of the database each time, so that a revoked token is dead at
 * once; throws unauthenticated for one that is not good.
 */
export async function authenticateToken(platform: Platform, secret: string): Promise<Actor> {
  const now = platform.clock.now();
  const { rows } = await platform.db.pool.query<TokenRow>({
    ...findToken,
    values: [sha256(secret), now],
  });
  const row = rows[0];
  if (!row) throw refused("The token is not good: it was revoked or never existed");
  if (row.expired) throw refused("The token has expired");
  if (row.disabled) throw refused("The account that the token belongs to is disabled");
  if (row.unused) {
    platform.db.pool
      .query({ ...noteUse, values: [row.id, now] })
      .catch((error: unknown) => platform.log.warn({ err: error }, "A token's use was not noted"));
  }
  return actorOf(row);
}

function actorOf(row: TokenRow): Actor {
  if (row.kind !== "run") {
    return {
      kind: "user",
      userId: row.user_id,
      name: row.name,
      admin: row.admin,
      via: "token",
      onlyProjectId: row.project_id,
    };
  }
  if (row.project_id === null || row.workload_id === null) {
    throw refused("The token is not good");
  }
  return {
    kind: "run",
    userId: row.user_id,
    name: row.name,
    projectId: row.project_id,
    workloadId: row.workload_id,
  };
}

function refused(message: string): PlatformError {
  return new PlatformError("unauthenticated", message);
}
