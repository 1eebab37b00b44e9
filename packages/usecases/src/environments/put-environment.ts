import type { Environment, EnvironmentSource } from "@tessera/contracts/environment";
import type { Transaction } from "@tessera/db/client";
import { newId } from "@tessera/kit/ids";
import { publishEvent } from "../events/publish-event.ts";
import { authorize } from "../identity/authorize.ts";
import { actorName } from "../platform/actor-name.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { enqueueBuild } from "./enqueue-build.ts";
import { presentEnvironment, revisionInclude, type RevisionRow } from "./present-environment.ts";

interface Input {
  readonly project: string;
  readonly name: string;
  readonly source: EnvironmentSource;
}

function normalise(requirements: string): string {
  return `${requirements.replaceAll(/\r\n?/g, "\n").trim()}\n`;
}

function isSame(latest: RevisionRow | undefined, source: EnvironmentSource): boolean {
  if (latest === undefined || latest.kind !== source.kind || latest.state === "failed")
    return false;
  if (source.kind === "image") return latest.image === source.image;
  return latest.requirements === normalise(source.requirements);
}

async function insertRevision(
  ctx: Context,
  tx: Transaction,
  input: { environmentId: string; number: number; source: EnvironmentSource },
): Promise<RevisionRow> {
  const { environmentId, number, source } = input;
  const image = source.kind === "image";
  const id = newId();
  const row = await tx.environmentRevision.create({
    data: {
      id,
      environmentId,
      number,
      kind: source.kind,
      state: image ? "ready" : "queued",
      image: image ? source.image : null,
      requirements: image ? null : normalise(source.requirements),
      readyAt: image ? ctx.clock.now() : null,
      createdBy: actorName(ctx.actor),
    },
    include: revisionInclude,
  });
  if (!image) await enqueueBuild(tx, id);
  return row;
}

/**
 * Creates an environment, or gives it a new revision when its source differs from the latest's.
 * The build of Python requirements starts at once.
 */
export async function putEnvironment(ctx: Context, input: Input): Promise<Environment> {
  const { project } = await authorize(ctx, "environment.write", { project: input.project });
  const { name, source } = input;
  const result = await ctx.db.prisma.$transaction(async (tx) => {
    const environment = await tx.environment.upsert({
      where: { projectId_name: { projectId: project.id, name } },
      create: { id: newId(), projectId: project.id, name },
      update: {},
    });
    await tx.$queryRaw`SELECT 1 FROM environment WHERE id = ${environment.id} FOR UPDATE`;
    const latest = await tx.environmentRevision.findFirst({
      where: { environmentId: environment.id },
      orderBy: { number: "desc" },
      include: revisionInclude,
    });
    if (latest && isSame(latest, source)) return presentEnvironment(environment, latest);
    const number = (latest?.number ?? 0) + 1;
    const row = await insertRevision(ctx, tx, { environmentId: environment.id, number, source });
    await recordAudit(ctx, tx, {
      action: "environment.put",
      subject: row.id,
      projectId: project.id,
      details: { name, number },
    });
    await publishEvent(tx, {
      type: "environment.changed",
      projectId: project.id,
      subject: row.id,
    });
    return presentEnvironment(environment, row);
  });
  ctx.outboxWritten();
  return result;
}
