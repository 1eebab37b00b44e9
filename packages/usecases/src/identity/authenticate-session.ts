import type { Platform, UserActor } from "../platform/platform.ts";
import { sessionEnd, sessionRefreshSeconds } from "./session-life.ts";

interface SessionRow {
  readonly id: string;
  readonly due: boolean;
  readonly user_id: string;
  readonly name: string;
  readonly admin: boolean;
}

export interface LiveSession {
  readonly actor: UserActor;
  /** Set when this use moved the session's end: the cookie is to be sent anew. */
  readonly movedTo: Date | undefined;
}

const findSession = {
  name: "actor-of-session",
  text: `SELECT s.id, u.id AS user_id, u.name, u.admin,
                s.expires_at < $2::timestamptz + $3::int * interval '1 second' AS due
         FROM session s JOIN "user" u ON u.id = s.user_id
         WHERE s.token = $1 AND s.expires_at > $2 AND NOT u.disabled`,
};

/** Who a session belongs to; undefined when it ended, was ended, or its account is disabled. */
export async function authenticateSession(
  platform: Platform,
  token: string,
): Promise<LiveSession | undefined> {
  const now = platform.clock.now();
  const end = sessionEnd(now);
  const leftWhenDue = Math.floor((end.getTime() - now.getTime()) / 1000) - sessionRefreshSeconds;
  const { rows } = await platform.db.pool.query<SessionRow>({
    ...findSession,
    values: [token, now, leftWhenDue],
  });
  const row = rows[0];
  if (!row) return undefined;
  if (row.due) {
    await platform.db.pool.query(
      "UPDATE session SET expires_at = $2, updated_at = $3 WHERE id = $1 AND expires_at > $3",
      [row.id, end, now],
    );
  }
  const { user_id: userId, name, admin } = row;
  return {
    actor: { kind: "user", userId, name, admin, via: "session", onlyProjectId: null },
    movedTo: row.due ? end : undefined,
  };
}
