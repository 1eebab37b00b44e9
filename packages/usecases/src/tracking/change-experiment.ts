import { PlatformError } from "@tessera/contracts/errors";
import { terminalStates } from "@tessera/contracts/job";
import { isUniqueViolation } from "@tessera/db/database-error";
import type { Transaction } from "@tessera/db/client";
import {
  experimentNameTaken,
  experimentNotInState,
  experimentTagNotFound,
} from "@tessera/mlflow/faults";
import {
  type KeyValue,
  validateExperimentName,
  validateExperimentTag,
} from "@tessera/mlflow/validation";
import { authorize } from "../identity/authorize.ts";
import type { Context } from "../platform/platform.ts";
import { recordAudit } from "../platform/record-audit.ts";
import { type ExperimentRow, findExperiment } from "./experiments.ts";

interface Address {
  readonly project: string;
  readonly experimentId: string;
}

type Change = (tx: Transaction, experiment: ExperimentRow) => Promise<unknown>;

interface ChangeOptions {
  readonly action: string;
  /** Which state it must be in. */
  readonly state: "active" | "deleted";
}

async function change(
  ctx: Context,
  { project: slug, experimentId }: Address,
  { action, state, apply }: ChangeOptions & { readonly apply: Change },
): Promise<void> {
  const permission =
    state === "active" && action !== "experiment.delete" ? "run.write" : "run.delete";
  const { project } = await authorize(ctx, permission, { project: slug });
  const experiment = await findExperiment(ctx, project.id, experimentId);
  if (experiment.deleted !== (state === "deleted")) throw experimentNotInState(experimentId, state);
  await ctx.db.prisma.$transaction(async (tx) => {
    await apply(tx, experiment);
    await tx.experiment.update({
      where: { id: experiment.id },
      data: { updatedAt: ctx.clock.now() },
    });
    await recordAudit(ctx, tx, { action, subject: experiment.id, projectId: project.id });
  });
}

/** Gives an experiment another name. */
export async function renameExperiment(ctx: Context, input: Address & { name: string }) {
  validateExperimentName(input.name);
  const apply: Change = (tx, { id }) =>
    tx.experiment.update({ where: { id }, data: { name: input.name } });
  try {
    await change(ctx, input, { action: "experiment.rename", state: "active", apply });
  } catch (error) {
    throw isUniqueViolation(error) ? experimentNameTaken(input.name) : error;
  }
}

async function assertNoActiveJobs(tx: Transaction, experimentId: string): Promise<void> {
  const active = await tx.workload.count({
    where: { experimentId, state: { notIn: [...terminalStates] } },
  });
  if (active === 0) return;
  const jobs = active === 1 ? "a job that is" : `${active} jobs that are`;
  throw new PlatformError(
    "failed_precondition",
    `The experiment has ${jobs} not over; cancel them first`,
  );
}

/** Marks an experiment and its runs as deleted. */
export async function deleteExperiment(ctx: Context, input: Address): Promise<void> {
  const deletedTime = BigInt(ctx.clock.now().getTime());
  await change(ctx, input, {
    action: "experiment.delete",
    state: "active",
    apply: async (tx, { id }) => {
      await assertNoActiveJobs(tx, id);
      await tx.run.updateMany({
        where: { experimentId: id, deleted: false },
        data: { deleted: true, deletedTime },
      });
      await tx.experiment.update({ where: { id }, data: { deleted: true } });
    },
  });
}

/** Brings a deleted experiment and its runs back. */
export async function restoreExperiment(ctx: Context, input: Address): Promise<void> {
  await change(ctx, input, {
    action: "experiment.restore",
    state: "deleted",
    apply: async (tx, { id }) => {
      await tx.run.updateMany({
        where: { experimentId: id, deleted: true },
        data: { deleted: false, deletedTime: null },
      });
      await tx.experiment.update({ where: { id }, data: { deleted: false } });
    },
  });
}

export async function setExperimentTag(ctx: Context, input: Address & { tag: KeyValue }) {
  const { key, value } = input.tag;
  validateExperimentTag(input.tag);
  await change(ctx, input, {
    action: "experiment.tag",
    state: "active",
    apply: (tx, { id }) =>
      tx.experimentTag.upsert({
        where: { experimentId_key: { experimentId: id, key } },
        create: { experimentId: id, key, value },
        update: { value },
      }),
  });
}

export async function deleteExperimentTag(ctx: Context, input: Address & { key: string }) {
  const { key, experimentId } = input;
  await change(ctx, input, {
    action: "experiment.untag",
    state: "active",
    apply: async (tx, { id }) => {
      const { count } = await tx.experimentTag.deleteMany({ where: { experimentId: id, key } });
      if (count === 0) throw experimentTagNotFound(experimentId, key);
    },
  });
}
