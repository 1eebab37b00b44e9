import { compact } from "@tessera/metrics/compact";
import { authorizeAccount } from "../identity/authorize.ts";
import type { Context } from "./platform.ts";

/** Brings appended metric points into their compressed series, until nothing is worth it. */
export async function compactMetrics(ctx: Context): Promise<void> {
  authorizeAccount(ctx, "platform.administer");
  let done = await compact(ctx.db.pool);
  while (done.batches > 0) done = await compact(ctx.db.pool);
}
