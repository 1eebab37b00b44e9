import { PlatformError } from "@tessera/contracts/errors";
import { sha256 } from "@tessera/kit/hash";
import { newId } from "@tessera/kit/ids";
import type { Platform } from "../platform/platform.ts";

/** Guesses at one account from all over the world; those from one address are counted apart. */
const most = 50;

/** How long attempts count. */
export const attemptWindowSeconds = 15 * 60;

const windowMs = attemptWindowSeconds * 1000;

const countOne = {
  name: "count-attempt",
  text: `INSERT INTO rate_limit (id, key, count, last_request) VALUES ($1, $2, 1, $3)
         ON CONFLICT (key) DO UPDATE SET
           count = CASE WHEN rate_limit.last_request <= $3 - ${windowMs} THEN 1
                        ELSE rate_limit.count + 1 END,
           last_request = CASE WHEN rate_limit.last_request <= $3 - ${windowMs} THEN $3
                               ELSE rate_limit.last_request END
         RETURNING count, last_request::text AS since`,
};

/** Counts an attempt to sign in to an account, and throws rate_limited when there were too many. */
export async function countAttempt(platform: Platform, email: string): Promise<void> {
  const now = platform.clock.now().getTime();
  const key = `account:${sha256(email.trim().toLowerCase())}`;
  const { rows } = await platform.db.pool.query<{ count: number; since: string }>({
    ...countOne,
    values: [newId(), key, now],
  });
  const { count = 0, since = "0" } = rows[0] ?? {};
  if (count <= most) return;
  throw new PlatformError("rate_limited", "Too many attempts to sign in to this account; wait", {
    details: { retryAfterSeconds: Math.ceil((Number(since) + windowMs - now) / 1000) },
  });
}
