import { type Attempt, EndCause, type Job, WorkloadState } from "@tessera/contracts/job";
import type { Tier } from "@tessera/contracts/tier";
import type { Prisma } from "@tessera/db/client";
import { z } from "zod";

/** What must be read with a workload to present it. */
export const jobInclude = {
  project: { select: { slug: true } },
  experiment: { select: { number: true, name: true } },
  attempts: { orderBy: { number: "asc" }, include: { node: { select: { name: true } } } },
  environmentRevision: {
    select: { id: true, number: true, environment: { select: { name: true } } },
  },
  data: {
    orderBy: { path: "asc" },
    select: {
      path: true,
      version: { select: { id: true, number: true, dataset: { select: { name: true } } } },
    },
  },
} as const satisfies Prisma.WorkloadInclude;

/** An attempt as it is read, by whatever way. */
interface AttemptRow {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly node: { readonly name: string } | null;
  readonly gpuIndexes: number[];
  readonly startedAt: Date | string | null;
  readonly finishedAt: Date | string | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly cause: string | null;
  readonly reason: string | null;
}

/** Data of a workload as it is read, by whatever way. */
interface DataRow {
  readonly path: string;
  readonly version: {
    readonly id: string;
    readonly number: number;
    readonly dataset: { readonly name: string };
  };
}

/** A workload with what belongs to it, as it is read, by whatever way. */
export interface JobRow extends TierColumns {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly reason: string | null;
  readonly priority: number;
  readonly command: unknown;
  readonly env: unknown;
  readonly snapshotId: string | null;
  readonly timeoutSeconds: number | null;
  readonly maxRetries: number;
  readonly exitCode: number | null;
  readonly cancelRequestedAt: Date | null;
  readonly rerunOf: string | null;
  readonly submittedBy: string;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly project: { readonly slug: string };
  readonly experiment: { readonly number: number; readonly name: string };
  readonly environmentRevision: {
    readonly id: string;
    readonly number: number;
    readonly environment: { readonly name: string };
  } | null;
  readonly attempts: readonly AttemptRow[];
  readonly data: readonly DataRow[];
}

const Command = z.array(z.string());
const Variables = z.record(z.string(), z.string());

export function commandOf(row: { command: unknown }): string[] {
  return Command.parse(row.command);
}

export function variablesOf(row: { env: unknown }): Record<string, string> {
  return Variables.parse(row.env);
}

interface TierColumns {
  readonly tierName: string;
  readonly cpus: number;
  readonly memoryMb: number;
  readonly gpus: number;
  readonly pricePerHour: number;
}

export function presentTierOf(row: TierColumns, currency: string): Tier {
  const { tierName, cpus, memoryMb, gpus, pricePerHour } = row;
  return { name: tierName, cpus, memoryMb, gpus, pricePerHour, currency };
}

function instant(date: Date | string | null): string | null {
  return date === null ? null : new Date(date).toISOString();
}

function presentAttempt(row: AttemptRow): Attempt {
  return {
    id: row.id,
    number: row.number,
    state: WorkloadState.parse(row.state),
    node: row.node?.name ?? null,
    gpuIndexes: row.gpuIndexes,
    startedAt: instant(row.startedAt),
    finishedAt: instant(row.finishedAt),
    exitCode: row.exitCode,
    signal: row.signal,
    cause: row.cause === null ? null : EndCause.parse(row.cause),
    reason: row.reason,
  };
}

/** Why a waiting workload waits. Those far behind are told nothing more than that. */
export function waitReason(reason: string | null, position: number | null): string | null {
  if (reason !== null || position === null) return reason;
  if (position === 1) return "next in the queue";
  return `waiting its turn: ${position - 1} ${position === 2 ? "job" : "jobs"} before it`;
}

/** A workload as the REST API shows it; `position` is its place in the queue, if it waits. */
export function presentJob(
  row: JobRow,
  { currency, position = null }: { currency: string; position?: number | null },
): Job {
  const revision = row.environmentRevision;
  return {
    id: row.id,
    project: row.project.slug,
    name: row.name,
    state: WorkloadState.parse(row.state),
    reason: waitReason(row.reason, position),
    position,
    priority: row.priority,
    command: commandOf(row),
    experimentId: String(row.experiment.number),
    snapshotId: row.snapshotId,
    environment:
      revision === null
        ? null
        : {
            name: revision.environment.name,
            number: revision.number,
            revisionId: revision.id,
          },
    data: row.data.map(({ path, version }) => ({
      dataset: version.dataset.name,
      version: version.number,
      versionId: version.id,
      path,
    })),
    tier: presentTierOf(row, currency),
    env: variablesOf(row),
    timeoutSeconds: row.timeoutSeconds,
    maxRetries: row.maxRetries,
    attempts: row.attempts.map(presentAttempt),
    exitCode: row.exitCode,
    cancelRequestedAt: instant(row.cancelRequestedAt),
    rerunOf: row.rerunOf,
    submittedBy: row.submittedBy,
    submittedAt: row.createdAt.toISOString(),
    startedAt: instant(row.startedAt),
    finishedAt: instant(row.finishedAt),
  };
}
