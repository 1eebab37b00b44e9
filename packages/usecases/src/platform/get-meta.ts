import type { Meta } from "@tessera/contracts/meta";
import type { Context } from "./platform.ts";

/** Version and settings that clients need. Anybody may ask. */
export async function getMeta(ctx: Context): Promise<Meta> {
  const { version, contentHost, maxSnapshotBytes } = ctx.settings;
  return { version, contentHost, maxSnapshotBytes };
}
