import { PlatformError } from "@tessera/contracts/errors";
import { sha256 } from "@tessera/kit/hash";
import { lookupIn } from "../platform/batched-lookup.ts";
import type { Actor, Platform } from "../platform/platform.ts";

interface TokenRow {
  readonly id: string;
  readonly kind: string;
  readonly project_id: string | null;
  readonly workload_id: string | null;
  readonly hash: string;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly user_id: string;
  readonly name: string;
  readonly admin: boolean;
  readonly disabled: boolean;
}

const findTokens = {
  name: "actors-of-tokens",
  text: `SELECT t.hash, t.id, t.kind, t.project_id, t.workload_id, t.expires_at, t.last_used_at,
                u.id AS user_id, u.name, u.admin, u.disabled
         FROM access_token t JOIN "user" u ON u.id = t.user_id
         WHERE t.hash = ANY($1::text[])`,
};

const findToken = lookupIn<string, TokenRow>(async (pool, hashes) => {
  const { rows } = await pool.query<TokenRow>({ ...findTokens, values: [[...new Set(hashes)]] });
  const found = new Map(rows.map((row) => [row.hash, row]));
  return hashes.map((hash) => found.get(hash));
});

const usedEveryMs = 60_000;

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
  const row = await findToken(platform.db.pool, sha256(secret));
  if (!row) throw refused("The token is not good: it was revoked or never existed");
  if (row.expires_at !== null && row.expires_at <= now) throw refused("The token has expired");
  if (row.disabled) throw refused("The account that the token belongs to is disabled");
  if (row.last_used_at === null || now.getTime() - row.last_used_at.getTime() > usedEveryMs) {
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
