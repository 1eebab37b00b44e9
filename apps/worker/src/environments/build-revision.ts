import { buildEnvironment, resolveRequirements } from "@tessera/compute/local/python-environment";
import { PlatformError } from "@tessera/contracts/errors";
import { sha256 } from "@tessera/kit/hash";
import {
  clearBuildLog,
  readBuildTask,
  recordBuildStep,
} from "@tessera/usecases/environments/build-steps";
import type { Context } from "@tessera/usecases/platform/platform";
import { BuildLog } from "./build-log.ts";

interface BuildInput {
  readonly revisionId: string;
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Resolves a revision's requirements to a lock and builds its virtual environment. */
export async function buildRevision(ctx: Context, input: BuildInput): Promise<void> {
  const { revisionId, root, env, signal } = input;
  const task = await readBuildTask(ctx, revisionId);
  if (task === null || task.state === "ready" || task.state === "failed") return;
  await clearBuildLog(ctx, revisionId);
  const log = new BuildLog(ctx, revisionId);
  const tools = { env, signal, onLog: log.line };
  try {
    await recordBuildStep(ctx, revisionId, { state: "resolving" });
    const lock =
      task.lock ?? (await resolveRequirements({ ...tools, requirementsText: task.requirements }));
    await recordBuildStep(ctx, revisionId, { state: "building", lock, lockDigest: sha256(lock) });
    await buildEnvironment({ ...tools, lock, root });
    await log.end();
    await recordBuildStep(ctx, revisionId, { state: "ready" });
  } catch (error) {
    if (signal.aborted) throw error;
    const known = error instanceof PlatformError;
    if (!known) ctx.log.error({ err: error, revisionId }, "An environment's build broke");
    const reason = known ? error.message : "the build broke; the worker's log has details";
    log.line(reason);
    await log.end();
    await recordBuildStep(ctx, revisionId, { state: "failed", error: reason });
  }
}
