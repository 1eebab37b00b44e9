import { buildEnvironment, resolveRequirements } from "@tessera/compute/local/python-environment";
import { PlatformError } from "@tessera/contracts/errors";
import { sha256 } from "@tessera/kit/hash";
import { abortCause } from "@tessera/queue/run-job";
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
  /** Whether the queue gives up when it fails once more. */
  readonly lastTry: boolean;
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
    if (signal.aborted && abortCause(signal) !== "timeout") throw error;
    const reason = reasonOf(error, input);
    if (reason === undefined) {
      ctx.log.error({ err: error, revisionId }, "An environment's build broke");
      log.line("The build broke; it is tried again if it was not for the last time");
      await log.end();
      throw error;
    }
    log.line(reason);
    await log.end();
    await recordBuildStep(ctx, revisionId, { state: "failed", error: reason });
  }
}

/** Undefined for what another try may do better. */
function reasonOf(error: unknown, { signal, lastTry }: BuildInput): string | undefined {
  if (signal.aborted) return "it was not done after half an hour, and was given up";
  if (error instanceof PlatformError && error.code !== "unavailable") return error.message;
  return lastTry ? "the build broke; the worker's log has details" : undefined;
}
