import type { Context } from "./platform.ts";

const hourMs = 3600 * 1000;
const dayMs = 24 * hourMs;

/** How long events can be read again by those who come back. */
const eventsKeptMs = 3 * dayMs;
const keysKeptMs = dayMs;

/** Deletes what has had its time: old events, answers kept for repeats, ended sessions and links. */
export async function sweepExpired(ctx: Context): Promise<void> {
  const { prisma } = ctx.db;
  const now = ctx.clock.now();
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  await prisma.event.deleteMany({ where: { at: { lt: before(eventsKeptMs) } } });
  await prisma.idempotencyKey.deleteMany({ where: { createdAt: { lt: before(keysKeptMs) } } });
  await prisma.session.deleteMany({ where: { expiresAt: { lt: now } } });
  await prisma.verification.deleteMany({ where: { expiresAt: { lt: now } } });
  await prisma.signInLink.deleteMany({ where: { expiresAt: { lt: before(dayMs) } } });
  await prisma.rateLimit.deleteMany({ where: { lastRequest: { lt: before(hourMs).getTime() } } });
}
