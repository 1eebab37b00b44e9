import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { findRevision } from "./find-environment.ts";

interface Input {
  readonly project: string;
  readonly name: string;
  readonly number: number;
  readonly offset: number;
}

/** Pieces of a log that one answer holds. */
const PIECES = 500;

/** The build's log from a byte offset on; its state is read first, so "complete" is true. */
export async function getEnvironmentLog(
  ctx: Context,
  input: Input,
): Promise<{ text: string; nextOffset: number; complete: boolean }> {
  const { project } = await authorize(ctx, "environment.read", { project: input.project });
  const { name, number, offset } = input;
  const revision = await findRevision(ctx, { projectId: project.id, name, number });
  const pieces = await ctx.db.prisma.environmentLog.findMany({
    where: { revisionId: revision.id, byteOffset: { gte: BigInt(offset) } },
    orderBy: { seq: "asc" },
    take: PIECES,
  });
  const text = pieces.map((piece) => piece.text).join("");
  const last = pieces.at(-1);
  const nextOffset = last ? Number(last.byteOffset) + Buffer.byteLength(last.text) : offset;
  const ended = revision.state === "ready" || revision.state === "failed";
  return { text, nextOffset, complete: ended && pieces.length < PIECES };
}
