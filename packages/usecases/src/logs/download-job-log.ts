import { Readable } from "node:stream";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { findJobOfLog } from "./find-job-of-log.ts";
import { readSegments } from "./read-segments.ts";

/** The whole log as it was written, streamed. */
export async function downloadJobLog(
  ctx: Context,
  input: { project: string; id: string },
): Promise<{ name: string; body: Readable }> {
  const { project } = await authorize(ctx, "job.read", { project: input.project });
  const job = await findJobOfLog(ctx, project.id, input.id);
  async function* bytes(): AsyncGenerator<Buffer> {
    for await (const segment of readSegments(ctx, { workloadId: job.id }, 0)) yield segment.bytes;
  }
  return { name: `${job.name}-${job.id}.log`, body: Readable.from(bytes()) };
}
