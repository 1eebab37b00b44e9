import {
  type Environment,
  type EnvironmentRevision,
  EnvironmentState,
} from "@tessera/contracts/environment";
import type { Prisma } from "@tessera/db/client";
import { z } from "zod";

export type RevisionRow = Prisma.EnvironmentRevisionGetPayload<{
  include: { environment: { select: { name: true } } };
}>;

export const revisionInclude = { environment: { select: { name: true } } } as const;

const Kind = z.enum(["python", "image"]);

export function presentRevision(row: RevisionRow): EnvironmentRevision {
  return {
    id: row.id,
    environment: row.environment.name,
    number: row.number,
    kind: Kind.parse(row.kind),
    state: EnvironmentState.parse(row.state),
    error: row.error,
    requirements: row.requirements,
    lock: row.lock,
    lockDigest: row.lockDigest,
    image: row.image,
    createdAt: row.createdAt.toISOString(),
    readyAt: row.readyAt?.toISOString() ?? null,
  };
}

interface EnvironmentRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

export function presentEnvironment(row: EnvironmentRow, latest: RevisionRow): Environment {
  return {
    id: row.id,
    name: row.name,
    latest: presentRevision(latest),
    createdAt: row.createdAt.toISOString(),
  };
}
