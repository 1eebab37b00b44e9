import { setTimeout as pause } from "node:timers/promises";
import { PlatformError } from "@tessera/contracts/errors";
import { sha256 } from "@tessera/kit/hash";
import { authorizeAccount } from "../identity/authorize.ts";
import { actorUserId } from "./actor-name.ts";
import { markingCommits } from "./marking-commits.ts";
import type { Context } from "./platform.ts";
import type { Seal } from "./seal.ts";

interface Once {
  readonly key: string;
  /** Everything that makes the request what it is. */
  readonly request: unknown;
  /** Answers may hold secrets, so they are kept sealed. */
  readonly seal: Seal;
}

interface KeyRow {
  readonly requestHash: string;
  readonly status: number | null;
  readonly body: unknown;
  readonly createdAt: Date;
}

interface KeyId {
  readonly userId: string;
  readonly key: string;
}

/** In place of an HTTP status: the work is committed, its answer not yet kept. */
const committed = 0;
const markSql = "UPDATE idempotency_key SET status = $3 WHERE user_id = $1 AND key = $2";
const answered = 201;

/** A request without an answer for this long belongs to a process that died. */
const abandonedMs = 60_000;
const longestWaitMs = 10_000;
const pollMs = 50;

/**
 * Does a create once per caller and key: the same request again gets the first answer, another
 * request with the key is refused, and one that comes meanwhile waits. After a crash in the
 * middle, the work is either done anew, or refused because it was done and its answer is lost.
 */
export async function runOnce<Answer>(
  ctx: Context,
  once: Once,
  work: (ctx: Context) => Promise<Answer>,
): Promise<Answer> {
  authorizeAccount(ctx, "signed-in");
  const id = { userId: actorUserId(ctx.actor) ?? "system", key: once.key };
  const requestHash = sha256(JSON.stringify(once.request));
  for (const deadline = Date.now() + longestWaitMs; ;) {
    if (await claim(ctx, id, requestHash)) return perform(ctx, { id, seal: once.seal }, work);
    const row = await ctx.db.prisma.idempotencyKey.findUnique({ where: { userId_key: id } });
    if (!row) continue;
    if (row.requestHash !== requestHash) {
      throw refused("Idempotency-Key was used for a different request; make a new key");
    }
    if (row.status === answered) return openAnswer<Answer>(row, once.seal);
    if (row.status === committed && isAbandoned(ctx, row)) {
      throw refused("The request was carried out, but its answer is lost; look before repeating");
    }
    if (row.status === null && isAbandoned(ctx, row)) await giveUp(ctx, id, row);
    if (Date.now() > deadline) {
      throw refused("A request with this Idempotency-Key is still under way; try again shortly");
    }
    await pause(pollMs);
  }
}

async function claim(ctx: Context, id: KeyId, requestHash: string): Promise<boolean> {
  const { count } = await ctx.db.prisma.idempotencyKey.createMany({
    data: [{ ...id, requestHash, createdAt: ctx.clock.now() }],
    skipDuplicates: true,
  });
  return count === 1;
}

function isAbandoned(ctx: Context, row: KeyRow): boolean {
  return ctx.clock.now().getTime() - row.createdAt.getTime() > abandonedMs;
}

/** Frees the key of a process that died; of two that try, one gets to it. */
async function giveUp(ctx: Context, id: KeyId, { createdAt }: KeyRow): Promise<void> {
  await ctx.db.prisma.idempotencyKey.deleteMany({ where: { ...id, status: null, createdAt } });
}

async function perform<Answer>(
  ctx: Context,
  { id, seal }: { readonly id: KeyId; readonly seal: Seal },
  work: (ctx: Context) => Promise<Answer>,
): Promise<Answer> {
  const { idempotencyKey } = ctx.db.prisma;
  try {
    const mark = { sql: markSql, values: [id.userId, id.key, committed] } as const;
    const answer = await work({ ...ctx, db: markingCommits(ctx.db, mark) });
    const body = seal.close(JSON.stringify(answer));
    await idempotencyKey.update({ where: { userId_key: id }, data: { status: answered, body } });
    return answer;
  } catch (error) {
    await idempotencyKey.deleteMany({ where: { ...id, status: null } }).catch(() => undefined);
    throw error;
  }
}

function openAnswer<Answer>(row: KeyRow, seal: Seal): Answer {
  const text = typeof row.body === "string" ? seal.open(row.body) : undefined;
  if (text !== undefined) return JSON.parse(text) as Answer;
  throw refused("The request was carried out, but its answer is lost; look before repeating");
}

function refused(message: string): PlatformError {
  return new PlatformError("conflict", message);
}
